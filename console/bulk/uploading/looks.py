"""The result of looking at a file, as an import stores it in plain data."""

from dataclasses import asdict
from typing import Any

from console.records.files.source import Choices, FileKind, FileLook, Question, Row
from console.records.json.strings import whole_characters, whole_text


def look_as_data(look: FileLook) -> dict[str, Any]:
    """Return a look as plain data that any database can store; the cells of its first rows become texts."""
    data = asdict(look)
    data["heading"] = [whole_text(name) for name in look.heading]
    data["first_rows"] = [[row.number, [whole_text(cell_text(cell)) for cell in row.cells]] for row in look.first_rows]
    return data


def look_of_data(data: dict[str, Any]) -> FileLook:
    """Return the look that `look_as_data` was given."""
    return FileLook(
        **{
            **data,
            "kind": FileKind(data["kind"]),
            "heading": tuple(data["heading"]),
            "notes": tuple(data["notes"]),
            "added": added_of_data(data),
            "questions": tuple(Question(**{**each, "options": tuple(each["options"])}) for each in data["questions"]),
            "first_rows": tuple(Row(number, tuple(cells)) for number, cells in data["first_rows"]),
        }
    )


def choices_of_data(data: dict[str, Any]) -> Choices:
    """Return a person's choices from what an import stores of them."""
    chosen = {name: data.get(name) for name in ("encoding", "separator", "sheet")}
    return Choices(**chosen, added=added_of_data(data))


def added_of_data(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the columns that a person added, from what an import stores of a look or of choices."""
    return tuple((name, value) for name, value in data.get("added", ()))


def cell_text(cell: Any) -> str:
    """Return a cell for display: "" for an empty one, and only complete characters."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    found = getattr(cell, "found", None)
    return whole_characters(str(cell if found is None else found))
