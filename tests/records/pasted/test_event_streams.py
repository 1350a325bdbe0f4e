"""Server-sent events: their data is read, without the names of their fields."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

DATA = 'data: {"USER_ID": "u-1", "CITY": "Bern"}\n'
MORE = 'data: {"USER_ID": "u-2", "CITY": "Rome"}\n'


@pytest.mark.parametrize(
    "text",
    [
        f"event: user\n{DATA}\nevent: user\n{MORE}\n",
        f": keep-alive\n\nid: 1\nretry: 500\n{DATA}\nid: 2\n{MORE}\ndata: [DONE]\n",
        f"{DATA}{MORE}".replace("\n", "\r\n"),
    ],
)
def test_data_of_events_is_read(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(text).words == "2 lines of JSON Lines, in a stream of events"
    assert read(text).changes == ("The names of the fields of each event are left out.",)


@pytest.mark.parametrize("text", [f"{DATA}x\n", "event: user\nid: 1\n", "data: Bern\nid: u-1\n", f"{DATA}" * 5001])
def test_other_lines_are_no_events(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "stream of events" not in detected.words
