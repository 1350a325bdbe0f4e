"""ConvertTo-Json of PowerShell, before a value or behind the pipe that a value is given to."""

from console.records.pasted.literals.descent import Descent

NAME = ("convertto", "-", "json")


def is_json_of_powershell(parser: Descent, ahead: int) -> bool:
    """Return whether `ConvertTo-Json` begins so many tokens ahead."""
    return tuple(parser.peek(ahead + each).lower() for each in range(len(NAME))) == NAME


def pass_json_of_powershell(parser: Descent) -> None:
    """Go on behind `ConvertTo-Json` and its options, such as `-Compress` and `-Depth 5`."""
    parser.position += len(NAME)
    pass_options(parser)


def pass_options(parser: Descent) -> None:
    """Go on behind options such as `-Compress`, which also stand behind the value that is given."""
    while parser.peek() == "-" and parser.tokens[parser.position + 1].kind == "name":
        parser.position += 2
        if parser.tokens[parser.position].kind == "number":
            parser.position += 1
