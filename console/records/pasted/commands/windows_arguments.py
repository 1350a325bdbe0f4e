"""Backslashes and double quotes as programs of Windows read them in their command line.

Source: "Parsing C command-line arguments" of Microsoft's documentation. PowerShell before 7.3 passes quotes on as they
are, so that people write each of them as `\\"` there.
"""

import re

# A double quote and the backslashes before it, which count only there.
QUOTE = re.compile(r'(\\*+)"')


def is_escaped(text: str) -> bool:
    """Return whether a text has double quotes, and each of them a backslash of its own before it."""
    quotes = [len(match[1]) for match in QUOTE.finditer(text)]
    return bool(quotes) and all(count % 2 for count in quotes)


def unescaped(text: str) -> str:
    """Return a text with each `\\"` as a double quote, and each two backslashes before one as one."""
    return QUOTE.sub(lambda match: "\\" * (len(match[1]) // 2) + '"', text)
