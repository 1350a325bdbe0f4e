"""What goes wrong, in sentences."""


class PersonalizeLocalError(Exception):
    """The local service could not be installed, started or asked; the message says why, and what it has printed."""
