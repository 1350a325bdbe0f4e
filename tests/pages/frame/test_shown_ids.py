"""Ids as pages show them."""

import pytest

from console.pages.frame.template_tags.shown_ids import shown_id


@pytest.mark.parametrize(
    "entity_id",
    [
        "u-1",
        "Zoë Müller",
        'say "hi" \\ <b>',
        "用户",
        "मुंबई",
        "👩\u200d💻",
        "👩🏽\u200d🚀 and 👨\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f\u200d🔥",
        "🏃🏿\u200d♀\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "🇫🇷 1\ufe0f\u20e3 👍🏽",
    ],
)
def test_shows_what_can_be_seen_as_it_is(entity_id: str) -> None:
    assert shown_id(entity_id) == entity_id


@pytest.mark.parametrize(
    ("entity_id", "shown"),
    [
        (" u", '" u"'),
        ("u  1", '"u  1"'),
        ("a\nb", '"a\\nb"'),
        ("a\x7fb", '"a\\u007fb"'),
        ("\u202eabc", '"\\u202eabc"'),
        ("a\u200bb", '"a\\u200bb"'),
        ("a\u00a0b", '"a\\u00a0b"'),
        ("a\u3164b", '"a\\u3164b"'),
        ("a\u034fb", '"a\\u034fb"'),
        ("\ufeffü", '"\\ufeffü"'),
        # A joiner that joins no emoji, at either side of one too.
        ("a\u200db", '"a\\u200db"'),
        ("👩\u200d", '"👩\\u200d"'),
        ("\u200d💻", '"\\u200d💻"'),
        ("👩\u200d\u200d💻", '"👩\\u200d\\u200d💻"'),
        ("a\u200d👩\u200d💻", '"a\\u200d👩\u200d💻"'),
        ("👩\u200d💻\u2066", '"👩\u200d💻\\u2066"'),
        # A flag of no place that has one, and tags without a flag.
        ("🏴\U000e0061\U000e007f", '"🏴\\udb40\\udc61\\udb40\\udc7f"'),
        ("\U000e0067", '"\\udb40\\udc67"'),
        ('"\u200b"', '"\\"\\u200b\\""'),
    ],
)
def test_escapes_what_cannot_be_seen_or_turns_the_order_around(entity_id: str, shown: str) -> None:
    assert shown_id(entity_id) == shown
