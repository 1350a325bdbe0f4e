"""What people of a load saw, as their generator writes it down, and what must hold of it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypedDict

# The dataset groups that people work with, and a record of each with a place for the user's id.
GROUPS = {
    "member-profiles": (
        '{\n  "USER_ID": "%s",\n  "Email": "ada@example.com",\n  "FullName": "Ada Lovelace",\n  "Age": 36,\n'
        '  "Gender": "F"\n}'
    ),
    "loyalty-programme": (
        '{\n  "userId": "%s",\n  "age": 34,\n  "membershipType": "Premium Class|Legacy Member",\n'
        '  "memberSince": 1600000000,\n  "totalSpend": 12.5,\n  "newsletter": true\n}'
    ),
    "online-shop": '{\n  "USER_ID": "%s",\n  "MEMBERSHIP_STATUS": "Gold"\n}',
    "video-streaming": '{\n  "userId": "%s",\n  "properties": {"subscriptionModel": "Ads|Monthly"}\n}',
}
STATIC_FILE = "a static file"
HEADING = ("page", "answers", "p50 ms", "p95 ms", "max ms", "errors")


class Answer(TypedDict):
    """An answer as a person saw it. `began` is in seconds since 1970, `problem` is empty where there was none.

    `user_id` and `group` are those of the user who was sent, or empty where nobody was.
    """

    page: str
    began: float
    milliseconds: float
    problem: str
    user_id: str
    group: str


class Row(TypedDict):
    """The answers of a page together, in milliseconds."""

    page: str
    answers: int
    p50: float
    p95: float
    longest: float
    errors: int


def person_name(number: int) -> str:
    """Return the name of the account of a person."""
    return f"person-{number}"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of some values that so many of them, as a share of 1, are not above (the nearest rank)."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def rows(answers: Iterable[Answer]) -> list[Row]:
    """Return a row for each page, in the order in which they first came."""
    of_page: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        of_page[answer["page"]].append(answer)
    return [_row(page, made) for page, made in of_page.items()]


def _row(page: str, answers: Sequence[Answer]) -> Row:
    times = [answer["milliseconds"] for answer in answers]
    return {
        "page": page,
        "answers": len(times),
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "longest": max(times),
        "errors": sum(bool(answer["problem"]) for answer in answers),
    }


def table(found: Iterable[Row]) -> str:
    """Return rows as a table of Markdown."""
    cells = [HEADING, ("---", *["---:"] * (len(HEADING) - 1))]
    for row in found:
        times = (f"{row[name]:.0f}" for name in ("p50", "p95", "longest"))
        cells.append((row["page"], f"{row['answers']:,}", *times, str(row["errors"])))
    return "\n".join(f"| {' | '.join(each)} |" for each in cells)
