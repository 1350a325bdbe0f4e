"""Origins of submissions, what a person may see of them, and the names of people."""
