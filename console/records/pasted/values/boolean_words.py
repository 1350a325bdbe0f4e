"""Words, numbers and marks that programs, spreadsheets and people write for true and false."""

# In English, and as spreadsheets show them in German, French, Spanish, Italian, Dutch and Portuguese.
WORDS_FOR_TRUE = frozenset(
    (
        *("t", "true", "yes", "y", "on", "1", "wahr", "ja", "vrai", "oui", "verdadero", "vero", "waar", "verdadeiro"),
        # Marks of tables in tickets, and of DBeaver.
        *("\u2713", "\u2714", "\u2705", "\u2611", "[v]", "[x]"),
    )
)
WORDS_FOR_FALSE = frozenset(
    (
        *("f", "false", "no", "n", "off", "0", "falsch", "nein", "faux", "non", "falso", "onwaar"),
        *("\u2717", "\u2718", "\u274c", "\u2610", "[ ]"),
    )
)
# Behind a mark, for it to be shown in colours.
SHOWN_AS_PICTURE = "\ufe0f"


def boolean_of(value: object) -> bool | None:
    """Return what a text or a number says, or None where it is no word for true or false."""
    word = str(value).strip().lower().removesuffix(SHOWN_AS_PICTURE)
    if isinstance(value, float) and value in (0, 1):
        word = str(int(value))
    if word in ("1.0", "0.0"):
        word = word[0]
    return word in WORDS_FOR_TRUE if word in WORDS_FOR_TRUE or word in WORDS_FOR_FALSE else None
