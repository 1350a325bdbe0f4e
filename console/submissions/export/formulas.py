"""Writing texts into a CSV file so that no spreadsheet takes them for formulas, with any separator.

In many countries the separator is a semicolon, and a tab may be chosen. Quotes do not help then: they enclose a cell
only where they begin one, so a semicolon or line break within a cell starts another. OWASP's page "CSV Injection"
lists what begins a formula. Commas are left alone: they separate the cells, and quotes enclose those within one.
"""

import re

# Also in the width that East Asian keyboards write.
FORMULA = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"
# Characters that some spreadsheet treats as the end of a cell.
ENDS = ";\uff1b\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Characters that spreadsheets skip, or treat as the quote of a cell. LibreOffice drops NUL.
SKIPPED = '\0 \u00a0\u3000\ufeff\u200b"'
# At the end of a text, what follows in the file begins the next cell.
BEGINNING = re.compile(rf"\A(?=[{SKIPPED}]*[{FORMULA}])|(?:\r\n|[{ENDS}])(?=[{SKIPPED}]*(?:[{FORMULA}]|\Z))")
# A line break before anything at the beginning of a cell.
EMPTY_LINE = re.compile(r"\A(?=\n)")


def without_formulas(text: str) -> str:
    """Return a text with an apostrophe before everything that could begin a formula in a cell of its own."""
    return EMPTY_LINE.sub("'", BEGINNING.sub(r"\g<0>'", text))
