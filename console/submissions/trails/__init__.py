"""Whose submissions there are: their origins, what a person may see of them, and the names of people."""
