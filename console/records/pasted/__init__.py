"""What people paste that is not a record input yet: detected by its content, and turned into one."""
