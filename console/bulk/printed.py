"""What `manage.py import_records` prints of an import."""

from collections.abc import Iterator

from console.bulk.checking.rows import all_rows
from console.bulk.models import Import, Stage
from console.records.property_names import match_key

MOST_ROWS_SHOWN = 20


def look(made: Import) -> Iterator[str]:
    """Yield lines on what the file is, which columns have other names than their fields, and which are left out."""
    yield f"{made.file_name}: {made.look['words']}"
    for note in (*made.look["notes"], *(question["sentence"] for question in made.look["questions"])):
        yield f"  {note}"
    columns = list(zip(made.look["heading"], made.columns, strict=True))
    taken = [f"{name} for {field}" for name, field in columns if field and match_key(name) != match_key(field)]
    if taken:
        yield f"  Taken under another name: {', '.join(taken)}"
    left_out = [name for name, field in columns if name and not field]
    if left_out:
        yield f"  Left out, since the schema has no such fields: {', '.join(left_out)}"


def check(made: Import) -> Iterator[str]:
    """Yield lines on what the check has found."""
    yield (
        f"{_rows(made.row_count)}: {made.valid_count} valid, {made.invalid_count} invalid, "
        f"{made.superseded_count} replaced by a later row of the same ID; "
        f"{made.new_count} new, {made.changed_count} changed, {made.same_count} the same."
    )
    for field, kinds in made.findings.get("changes", {}).items():
        for change in kinds.values():
            before, after = next(iter(change["examples"].items()))
            yield f"  {field}: {before} becomes {after}, and others likewise, in {_rows(change['rows'])}"
    for field, kind, rows, sentence in made.findings.get("doubts", ()):
        yield f"  {field}: {kind}, in {_rows(rows)}. {sentence}"


def progress(made: Import) -> str:
    """Return a line on how far an import is."""
    waiting = f". {made.waiting_for}" if made.waiting_for else ""
    if made.stage == Stage.CHECKING:
        return f"Checking: {_rows(made.row_count)}{waiting}"
    if made.stage != Stage.SENDING:
        return f"{made.get_stage_display()}: {_rows(made.settled_count or made.row_count)}"
    return f"Sending: {made.settled_count} of {made.to_send_count}{waiting}"


def outcome(made: Import) -> str:
    """Return a line on what became of the records."""
    return (
        f"{made.created_count} sent, {made.refused_count} refused, {made.unconfirmed_count} not known to have arrived."
    )


def invalid_rows(made: Import) -> Iterator[str]:
    """Yield a line for each problem of the first invalid rows, and how many more rows there are."""
    for number, row in enumerate(all_rows(made)):
        if number == MOST_ROWS_SHOWN:
            yield f"… and {_rows(made.invalid_count - MOST_ROWS_SHOWN, 'more ')}"
            return
        for problem in row.problems:
            yield f"Row {row.number}: {problem.field} {problem.sentence}".replace(":  ", ": ")


def go_on(made: Import) -> str:
    """Return the command that goes on with an import."""
    command = f"manage.py import_records {made.environment} {made.dataset_arn} --as {made.person_name}"
    return f"{command} --resume {made.key}"


def _rows(count: int, more: str = "") -> str:
    return f"{count} {more}{'row' if count == 1 else 'rows'}"
