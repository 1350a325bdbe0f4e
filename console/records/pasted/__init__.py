"""What people paste that is not a record input yet: recognised by its content, and turned into one."""
