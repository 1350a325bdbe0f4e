"""Warnings about valid texts."""

import pytest

from console.records.entities import INTERACTIONS
from console.records.schemas.fields import Field
from console.records.schemas.schema import read_entity_schema
from console.records.validation.text_doubts import IN_FORM, doubts_on_text
from tests.records.literal_schemas import avro, users_schema

SEVERAL = "write | between them."
SCHEMA = users_schema(CITY=["null", "string"], NAME="string", TIER="categorical string")
ID, CITY, NAME, TIER = SCHEMA.fields
ITEM_ID, IMPRESSION = [
    each
    for each in read_entity_schema(INTERACTIONS, avro({"name": "TIMESTAMP", "type": "long"})).fields
    if each.name in ("ITEM_ID", "IMPRESSION")
]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (CITY, "NULL", "“NULL” is how programs write that there is no value. Write null if there is no value."),
        (NAME, "\\N", "“\\N” is how programs write that there is no value. Check that it is meant as a text."),
        (TIER, "<NA>", "“<NA>” is how programs write that there is no value. Check that it is meant as a text."),
        (ID, "u-1 ", "The id has spaces around it, so that it is another id than “u-1”."),
        (ID, "\u00a0u-1", "The id has spaces around it, so that it is another id than “u-1”."),
        (
            ITEM_ID,
            "u\u200b-1",
            "The id has a character that does not show in it, so that it is another id than “u-1”.",
        ),
        (
            ID,
            "1.23457E+15",
            "“1.23457E+15” looks like a number that a spreadsheet has rounded. The digits that it left out cannot be "
            "had back from here: take the id from where the spreadsheet got it.",
        ),
        (
            ID,
            "9007199254740990",
            "“9007199254740990” looks like a number that a spreadsheet has rounded. The digits that it left out cannot "
            "be had back from here: take the id from where the spreadsheet got it.",
        ),
        (
            ID,
            "1001.0",
            "“1001.0” looks like the id “1001” as a spreadsheet or a data frame writes it; zeros before it may be lost.",
        ),
        (ID, "'00124", "“'00124” looks like the id “00124” as a spreadsheet or a data frame writes it."),
        (ID, '="00123"', '“="00123"” looks like the id “00123” as a spreadsheet or a data frame writes it.'),
        (CITY, "n.a.", "“n.a.” is how programs write that there is no value. Write null if there is no value."),
        (ID, "+c-1", "“+c-1” begins with “+”, as a line of a diff does: leave it out unless the id has it."),
        (
            CITY,
            "Z\u00c3\u00bcrich",
            "“Z\u00c3\u00bcrich” looks like UTF-8 that a program has read as another encoding: write what is meant.",
        ),
        (
            CITY,
            "Caf\u00e2\u20ac\u2122s",
            "“Caf\u00e2\u20ac\u2122s” looks like UTF-8 that a program has read as another encoding: write what is meant.",
        ),
        (TIER, "Gold ; Basic", "“Gold ; Basic” is one category. If it is several, write | between them."),
        (TIER, "Gold / Basic", "“Gold / Basic” is one category. If it is several, write | between them."),
        (TIER, "Gold\\|Basic", "“Gold\\|Basic” has a backslash before “|”, as Markdown has: leave it out."),
        (TIER, "male, female", "“male, female” is one category. If it is several, write | between them."),
        (IMPRESSION, "a, b, c", "“a, b, c” is one id. If it is several, write | between them."),
        (IMPRESSION, "a|b;c", "“b;c” is one id. If it is several, write | between them."),
        (TIER, "a||b", "A category of “a||b” is empty. Leave out the | that is too many."),
        (TIER, "|a", "A category of “|a” is empty. Leave out the | that is too many."),
        (TIER, "", "The category is empty. Write one."),
        (CITY, "NULL ", "“NULL ” is how programs write that there is no value. Write null if there is no value."),
        (CITY, "#NV", "“#NV” is how programs write that there is no value. Write null if there is no value."),
        (NAME, "#REF!", "“#REF!” is an error of a spreadsheet's formula, and not its value."),
        (NAME, "#DIV/0!", "“#DIV/0!” is an error of a spreadsheet's formula, and not its value."),
        (NAME, "#NAME?", "“#NAME?” is an error of a spreadsheet's formula, and not its value."),
        (CITY, ' "Bern"', 'The quotes around "Bern" are part of the text: leave them out unless they are meant.'),
        (
            NAME,
            "\N{DOUBLE LOW-9 QUOTATION MARK}Bern\N{LEFT DOUBLE QUOTATION MARK}",
            "The quotes around „Bern“ are part of the text: leave them out unless they are meant.",
        ),
        (ID, "'u-1'", "The quotes around 'u-1' are part of the text: leave them out unless they are meant."),
        (
            ID,
            "1001,0",
            "“1001,0” looks like the id “1001” as a spreadsheet or a data frame writes it; zeros before it may be lost.",
        ),
        (ID, "1,001", "“1,001” looks like the id “1001” as a spreadsheet or a data frame writes it."),
        *(
            (
                ID,
                date,
                f"“{date}” looks like a date that a spreadsheet has made of an id: take the id from where the "
                "spreadsheet got it.",
            )
            for date in ("Mar-01", "3-Jan", "01.02.2026", "1/2/26")
        ),
        (TIER, "a|", "A category of “a|” is empty. Leave out the | that is too many."),
        *(
            (CITY, mark, f"“{mark}” is how programs write that there is no value. Write null if there is no value.")
            for mark in ("-nan", "NULL_VALUE", "void", "(none)", "(blank)", "<missing>")
        ),
        (TIER, " male", "The category “ male” has spaces around it, so that it is another one than “male”."),
        (TIER, "male | female", "The category “male ” has spaces around it, so that it is another one than “male”."),
        (TIER, "a|b\u00a0", "The category “b\u00a0” has spaces around it, so that it is another one than “b”."),
        (
            TIER,
            "Frequent\u00a0shopper",
            "The category “Frequent\u00a0shopper” has a no-break space in it, so that it is another one than "
            "“Frequent shopper”.",
        ),
        (
            TIER,
            "Go\u200bld",
            "The category “Go\u200bld” has a character that does not show in it, so that it is another one than “Gold”.",
        ),
        (
            NAME,
            "Ada\u00a0Lee",
            "“Ada\u00a0Lee” has a no-break space in it: leave it out, or write a plain space, unless it is meant.",
        ),
        (
            NAME,
            "Ada\u200b Lee",
            "“Ada\u200b Lee” has a character that does not show in it: leave it out, or write a plain space, unless it is meant.",
        ),
        (ID, "u\u00a01", "The id has a no-break space in it, so that it is another id than “u 1”."),
        (ID, "u\u20091", "The id has a space of another width in it, so that it is another id than “u 1”."),
        (ID, "[object Object]", "“[object Object]” is what JavaScript writes for an object, and not its value."),
        (NAME, "[object Object]", "“[object Object]” is what JavaScript writes for an object, and not its value."),
        (ID, "{{id}}", "“{{id}}” looks like a placeholder: write the value that it stands for."),
        (ID, "u-${n}", "“${n}” looks like a placeholder: write the value that it stands for."),
        (ID, "<user id>", "“<user id>” looks like a placeholder: write the value that it stands for."),
        (NAME, "Hi {{name}}", "“{{name}}” looks like a placeholder: write the value that it stands for."),
        (NAME, "%(name)s", "“%(name)s” looks like a placeholder: write the value that it stands for."),
        (NAME, "{name}", "“{name}” looks like a placeholder: write the value that it stands for."),
        (ID, "######", "“######” is what a spreadsheet shows in a column that is too narrow for the value."),
        (ID, "b'u-9'", "“b'u-9'” looks like the id “u-9” as a spreadsheet or a data frame writes it."),
        (
            ID,
            "u\ufffd9",
            "“u\ufffd9” has \ufffd for a character that a program could not decode: write the character.",
        ),
        (ID, "u-9,", "“u-9,” ends with “,”: leave it out unless the id has it."),
        (ITEM_ID, "u-9;", "“u-9;” ends with “;”: leave it out unless the id has it."),
        (ID, "u-9\\n", "“u-9\\n” ends with a written escape, \\n: leave it out unless the id has it."),
        (ID, "Grand Total", "“Grand Total” may be the total below a table. Remove the record unless it is an id."),
        (ID, "Sum", "“Sum” may be the total below a table. Remove the record unless it is an id."),
        (ID, "# u-1", "“# u-1” may be a comment. Remove the record unless it is an id."),
        (TIER, "NULL|Gold", "The category “NULL” is how programs write that there is no value. Leave it out."),
        (TIER, "male|male", "“male|male” has a category twice. Leave one out."),
        (ID, 'k-2"', '“k-2"” has a quote at one end alone: leave it out unless the id has it.'),
        (ID, "(k-2)", "“(k-2)” stands in brackets: leave them out unless the id has them."),
        (ID, '{"S":"k-2"}', '“{"S":"k-2"}” stands in brackets: leave them out unless the id has them.'),
        (ID, "2026-11-30 00:00:00", "“2026-11-30 00:00:00” looks like a moment: check that it is the id."),
        (
            ID,
            "ObjectId(65a1)",
            "“ObjectId(65a1)” is how a program shows a value: write the id that it has in parentheses.",
        ),
        (ID, "k-2,k-3", "“k-2,k-3” is one id. If it is several, write a record for each."),
        (ID, "u-1|u-2", "“u-1|u-2” is one id. If it is several, write a record for each."),
        (ID, "%s", "“%s” looks like a placeholder: write the value that it stands for."),
        (ID, "$1", "“$1” looks like a placeholder: write the value that it stands for."),
        (ID, "...", "“...” has neither letters nor digits. Remove the record unless it is an id."),
        (ID, "(2 rows)", "“(2 rows)” may be the count below a table. Remove the record unless it is an id."),
        (ID, "--comment", "“--comment” may be a comment. Remove the record unless it is an id."),
        (ID, "1.234.567", "“1.234.567” looks like the id “1234567” as a spreadsheet or a data frame writes it."),
        (NAME, "''", "'' are two quotes, and no empty text: leave them out unless they are meant."),
        (NAME, "a &amp; b", "“a &amp; b” has &amp; as pages have it for “&”: write the character."),
        (NAME, "Z&uuml;rich", "“Z&uuml;rich” has &uuml; as pages have it for “\u00fc”: write the character."),
        (NAME, "O&#39;Neil", "“O&#39;Neil” has &#39; as pages have it for “'”: write the character."),
        (
            NAME,
            "O\\'Neil",
            "“O\\'Neil” has a backslash before “'”, as programs escape it: leave it out unless it is meant.",
        ),
        (
            ID,
            "user_7\\_x",
            "“user_7\\_x” has a backslash before “_”, as programs escape it: leave it out unless it is meant.",
        ),
        (TIER, "Gold|Basic\\", "“Gold|Basic\\” ends with a backslash: leave it out unless it is meant."),
        (TIER, "Gold%7CBird", "“Gold%7CBird” has %7C as addresses have it for “|”: write the character."),
        (NAME, "?", "“?” is how programs write that there is no value. Check that it is meant as a text."),
        (NAME, "\u2013", "“\u2013” is how programs write that there is no value. Check that it is meant as a text."),
        (
            NAME,
            "\uff2e\uff35\uff2c\uff2c",
            "“\uff2e\uff35\uff2c\uff2c” is how programs write that there is no value. Check that it is meant as a text.",
        ),
        (NAME, "null,", "“null,” is how programs write that there is no value. Check that it is meant as a text."),
        *(
            (
                ID,
                f"{mark} k-2",
                f"“{mark} k-2” begins as an item of a list, a quotation or a comment does: leave the mark out unless "
                "the id has it.",
            )
            for mark in ("-", "*", "\u2022", ">", "//", "1.", "12)")
        ),
        (ID, "TOTAL:", "“TOTAL:” may be the total below a table. Remove the record unless it is an id."),
        (ID, "k-2...", "“k-2...” ends as a text does that was cut: write the whole id."),
        (ID, ":id", "“:id” looks like a placeholder: write the value that it stands for."),
        (
            ID,
            "uuid.UUID(k)",
            "“uuid.UUID(k)” is how a program shows a value: write the id that it has in parentheses.",
        ),
        *(
            (ID, text, f"“{text}” has a character that looks like another one, so that it is another id than “k-2”.")
            for text in ("k\u20112", "k\u20132", "\uff4b-2", "k-\uff12", "\uff4b\uff0d\uff12")
        ),
        (
            ITEM_ID,
            "\u0410B-1",
            "“\u0410B-1” has a character that looks like another one, so that it is another id than “AB-1”.",
        ),
        *(
            (text_field, text, f"“{text}” is how a program shows a value: write the value alone, unless it is meant.")
            for text_field in (CITY, TIER)
            for text in ("b'Bern'", 'u"Bern"', "[]", "{ }", "Decimal('1')", "datetime.date(2026)")
        ),
        (
            NAME,
            "[\"Bern\", 'Rome']",
            "“[\"Bern\", 'Rome']” is how a program shows a value: write the value alone, unless it is meant.",
        ),
        (
            CITY,
            "Optional.empty",
            "“Optional.empty” is how programs write that there is no value. Write null if there is no value.",
        ),
        (NAME, "(BLOB)", "“(BLOB)” is what a database client shows instead of a value: write the value."),
        (
            NAME,
            "[BLOB - 12 B]",
            "“[BLOB - 12 B]” is what a database client shows instead of a value: write the value.",
        ),
        (NAME, "B\\u00e4rn", "“B\\u00e4rn” has \\u00e4 as programs escape a character: write the character."),
        (
            NAME,
            "Bern\\tCity",
            "“Bern\\tCity” has \\t in it, as programs escape a tab: leave it out unless it is meant.",
        ),
        (
            NAME,
            "Hello.\\nBye",
            "“Hello.\\nBye” has \\n in it, as programs escape a line break: leave it out unless it is meant.",
        ),
        (NAME, "Bern\x07", "“Bern\x07” has a control character in it, U+0007: leave it out."),
        (CITY, "  ", "The text has spaces alone. Write null if there is no value."),
        (
            NAME,
            "3000.0",
            "“3000.0” looks like 3000 as a spreadsheet or a data frame writes it; zeros before it may be lost. "
            "Leave .0 out unless it is meant.",
        ),
        (NAME, "\"Kids' ", "“\"Kids' ” has a quote at its beginning alone: leave it out unless it is meant."),
        *(
            (
                TIER,
                f"Gold{each}Basic",
                f"“Gold{each}Basic” has a line break within a category. If it is several, {SEVERAL}",
            )
            for each in ("\n", "\u2029")
        ),
        (TIER, "a|Gold\tBasic", f"“a|Gold\tBasic” has a tab within a category. If it is several, {SEVERAL}"),
        *(
            (
                TIER,
                f"Gold{bar}Basic",
                f"“Gold{bar}Basic” has “{bar}”, which separates no categories: if it is several, {SEVERAL}",
            )
            for bar in ("\uff5c", "\u00a6", "\u2502")
        ),
        (
            TIER,
            "(Gold|Silver)",
            "The brackets around (Gold|Silver) are part of its first and its last category: leave them out.",
        ),
        (TIER, "Gold|gold", "“Gold|gold” has a category twice, in small and capital letters. Leave one out."),
        *(
            (
                TIER,
                text,
                f"“{text}” is a list as a program writes it. Leave out its brackets and quotes; if it has several values, "
                f"{SEVERAL}",
            )
            for text in ('["Drama","Crime"]', "{Drama,Crime}", "frozenset({'Gold'})", "array('Gold')", "[Gold, Basic]")
        ),
        (
            IMPRESSION,
            "['m-1', 'm-2']",
            f"“['m-1', 'm-2']” is a list as a program writes it. Leave out its brackets and quotes; if it has several "
            f"values, {SEVERAL}",
        ),
    ],
)
def test_a_doubt_says_what_to_do(field: Field, text: str, sentence: str) -> None:
    assert [doubt.sentence for doubt in doubts_on_text(field, text)] == [sentence]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (ID, "u-1"),
        (ID, "00123"),
        (ID, "1234567890123456"),
        (ID, "a 1"),
        (CITY, " Paris "),
        (CITY, "Nantes"),
        (CITY, "Paris, France"),
        (TIER, "a|b"),
        (IMPRESSION, "a|b"),
        (CITY, ""),
        (CITY, "'n Beetje"),
        (NAME, "Rock 'n' Roll'"),
        (ID, "1.2/26"),
        (ID, "#1"),
        (TIER, "Gold"),
        (TIER, "Caf\u00e9|Frequent shopper"),
        (NAME, "Bonjour\u00a0! \u00ab\u00a0Ada\u00a0\u00bb"),
        (NAME, "\U0001f469\u200d\U0001f4bb"),
        (TIER, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        (NAME, "Sum"),
        (ID, "Summer"),
        (NAME, "##"),
        (ID, "b'u\\x00'"),
        (ID, "+4917012345"),
        (CITY, "S\u00c3O PAULO"),
        (TIER, "R/B"),
        (TIER, "Gold|Basic\\x"),
        (NAME, "100% cotton, R&D"),
        (NAME, "50%25 & more;"),
        (ID, "ann@b.ch"),
        (ID, "a/b=c"),
        (ID, "10.0.0.1"),
        (ID, "1.234"),
        (ID, "u (2)"),
        (ID, "2026-11-30"),
        (ID, "Zo\u00eb"),
        (ID, "user_id"),
        (CITY, "null, and void"),
        (ID, "12.Avenue-3"),
        (ID, "-1"),
        (ID, "a - b"),
        (ID, "Total-1"),
        (ID, "v1..2"),
        (ID, "\u5546\u54c1\uff21"),
        (ID, "\u0421\u0412-1"),
        (ID, "caf\u00e9-2"),
        (ID, "12:30"),
        (CITY, "C:\\new\\update"),
        (CITY, "CORP\\nina"),
        (CITY, "Bern (BE)"),
        (CITY, "Cinderella(1950)"),
        (CITY, '24" display'),
        (CITY, '"Weird Al" Yankovic'),
        (CITY, "bring 'em"),
        (CITY, "set in {braces} [and] more"),
        (CITY, "two\nlines\tand a tab"),
        (CITY, "12-inch \u2013 black"),
        (TIER, "Gold (new)"),
        (TIER, "Rock|Live (2020)"),
        (TIER, "(Live)"),
        (TIER, "Sci-Fi: Space"),
        (TIER, "Tea, coffee|Food"),
        (TIER, "Gold & Silver"),
    ],
)
def test_a_plain_text_raises_no_doubt(field: Field, text: str) -> None:
    assert list(doubts_on_text(field, text)) == []


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (CITY, "None", "“None” is how programs write that there is no value. Choose No value if there is no value."),
        (TIER, "male, female", "“male, female” is one category. If it is several, write | between them."),
    ],
)
def test_in_a_form_a_doubt_says_what_to_do_there(field: Field, text: str, sentence: str) -> None:
    assert [doubt.sentence for doubt in doubts_on_text(field, text, IN_FORM)] == [sentence]
