"""Lists of user ids as people type, paste and upload them, and the file that a data deletion job reads.

"Your input file must be a CSV file with a single USER_ID column" (API reference, CreateDataDeletionJob). An id that is
taken for another one deletes somebody else, so that what can be read in two ways is refused.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from console.records.entities import USERS
from console.records.json.characters import BYTE_ORDER_MARK
from console.records.problems import LINE_BREAK
from console.records.property_names import match_key
from console.records.validation.rules import LONGEST_ID

MOST_PROBLEMS = 10
HEADING = USERS.id_field
HEADING_HINT = f"or a CSV with the heading {HEADING}"
NO_COLUMN = f"The first line seems to be a heading. Separate its columns by commas, one of which is {HEADING}."
# Characters that are more often between or around ids than part of them.
STRAY = {",": "a comma", "\t": "a tab", '"': "a quotation mark"}


class UserIdsError(ValueError):
    """A text is no list of user ids; `sentences` say where and why, the first MOST_PROBLEMS of them."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class UserIds:
    """The ids of a list, each once, in their order; `repeated` is how many more times they were there."""

    ids: tuple[str, ...]
    repeated: int


def read_user_ids(text: str) -> UserIds:
    """Return the ids of a list with one on each line, or of the column USER_ID of a CSV; raise UserIdsError."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    found = list(_from_csv(text) if _has_heading(text) else _from_lines(text))
    problems = [f"Line {line}: {problem}" for line, user_id in found if (problem := _problem(user_id))]
    if not found:
        problems = ["Enter at least one user ID."]
    if problems:
        more = [f"There may be more: these are the first {MOST_PROBLEMS}."] * (len(problems) > MOST_PROBLEMS)
        raise UserIdsError(problems[:MOST_PROBLEMS] + more)
    ids = tuple(dict.fromkeys(user_id for _line, user_id in found))
    return UserIds(ids, len(found) - len(ids))


def user_ids_csv(ids: tuple[str, ...]) -> str:
    """Return the CSV with ids that a data deletion job reads."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([[HEADING], *([user_id] for user_id in ids)])
    return file.getvalue()


def _has_heading(text: str) -> bool:
    """Return whether a text is CSV with the id column; raise UserIdsError for a heading without it."""
    heading = next((line for line in LINE_BREAK.split(text) if line.strip()), "")
    if _column(next(csv.reader([heading], skipinitialspace=True), [])) is not None:
        return True
    if HEADING in heading:
        raise UserIdsError([NO_COLUMN])
    return False


def _from_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        user_id = line.strip()
        if not user_id:
            continue
        stray = next((name for mark, name in STRAY.items() if mark in user_id), "")
        if stray:
            raise UserIdsError([f"Line {number} has {stray}. Write one user ID on each line, {HEADING_HINT}."])
        yield number, user_id


def _from_csv(text: str) -> Iterator[tuple[int, str]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    column = None
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if column is not None:
                yield rows.line_num, row[column].strip() if column < len(row) else ""
                continue
            column = _column(row)
            if column is None:
                raise UserIdsError([NO_COLUMN])
    except csv.Error as error:
        raise UserIdsError([f"Line {rows.line_num} is no CSV: {error}."]) from error


def _column(heading: list[str]) -> int | None:
    """Return which column of a heading has the ids, None if none has."""
    key = match_key(HEADING)
    return next((index for index, cell in enumerate(heading) if match_key(cell.strip()) == key), None)


def _problem(user_id: str) -> str:
    if not user_id:
        return f"expected a user ID in the column {HEADING}; found nothing."
    if len(user_id) > LONGEST_ID:
        return f"expected a user ID of at most {LONGEST_ID} characters; found {len(user_id)}."
    return ""
