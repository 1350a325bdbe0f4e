"""Arrays as NumPy prints them, such as the `values` of a data frame: without names, with blanks between values."""

import re
from dataclasses import replace

from console.records.pasted.literals.cursor import MISSING_COMMAS
from console.records.pasted.literals.parsing import Literal, read_literal

VALUE = r"(?:'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\"|[^\s\[\](){},'\"]++)"
# A row of an array of objects, and one of a structured array.
ROW = re.compile(rf"\[\s*+{VALUE}(?:\s++{VALUE})++\s*+\]|\(\s*+{VALUE}(?:\s*+,\s*+{VALUE})++\s*+\)")
ARRAY = re.compile(rf"\s*+\[\s*+(?:{ROW.pattern})(?:\s++(?:{ROW.pattern}))*+\s*+\]\s*+")
VALUES = re.compile(VALUE)


def read_numpy_array(text: str) -> Literal | None:
    """Return the rows of an array that NumPy has printed, as a list of lists, or None."""
    if not ARRAY.fullmatch(text):
        return None
    rows = [f"[{', '.join(VALUES.findall(row[0]))}]" for row in ROW.finditer(text)]
    literal = read_literal(f"[{', '.join(rows)}]")
    return replace(literal, fixes=(MISSING_COMMAS, *literal.fixes)) if literal else None
