"""How programs write a missing value where a table or a literal has only words."""

# Markers of SQL clients, R, Julia, pandas, polars, Go, Ruby, Perl, Python, JavaScript and spreadsheets, in lower case.
MARKS = frozenset(
    (
        "-",
        "null",
        "(null)",
        "(none)",
        "(nil)",
        "(blank)",
        "(empty)",
        "null_value",
        "void",
        "<void>",
        "[null]",
        "<null>",
        "\\n",
        "na",
        "n/a",
        "n.a.",
        "#n/a",
        "#nv",
        "<na>",
        "na_character_",
        "na_integer_",
        "na_real_",
        "nan",
        "-nan",
        "nat",
        "none",
        "<none>",
        "nil",
        "<nil>",
        "undef",
        "undefined",
        "<undefined>",
        "<missing>",
        "nothing",
        "missing",
        "optional.empty",
        "\N{EMPTY SET}",
        "ᴺᵁᴸᴸ",
        "--",
        "?",
        "\N{EN DASH}",
        "\N{EM DASH}",
    )
)


def is_missing(text: str) -> bool:
    """Return whether a text is how some program writes that there is no value, such as `NULL` or `np.nan`."""
    mark = text.strip().lower()
    return mark in MARKS or mark.rpartition(".")[2] in ("nan", "na", "nat")
