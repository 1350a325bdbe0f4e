"""Checking the file of an import: what its rows become, and what is said of them."""

import gzip
import json
from typing import Any

import pytest
from django.test import Client

from console.bulk import controls
from console.bulk.checking.fixing import TypedCells, fix_rows
from console.bulk.checking.rows import all_rows, kinds_of_problems, rows_page
from console.bulk.models import Import, Part, Stage
from console.bulk.uploading import store
from console.local.models import StoredRecord
from tests.bulk.importing import HEADING, checked, csv_of, fix_row, ids_of, invalid_of, row, sent, uploaded, work

pytestmark = pytest.mark.usefixtures("demo")
NUMBER = "a number (float)"


def counts(made: Import) -> tuple[int, ...]:
    """Return how many rows are there, valid, invalid and superseded."""
    return (made.row_count, made.valid_count, made.invalid_count, made.superseded_count)


def test_valid_rows_and_those_with_problems() -> None:
    made = checked(csv_of(row("u-1"), row("u-2", TOTAL_SPEND="much"), row("u-3", AGE=""), ",,,,,,,"))
    assert (made.stage, made.progress, counts(made)) == (Stage.CHECKED, 100, (3, 2, 1, 0))
    assert ids_of(made) == ["u-1", "u-3"]
    assert invalid_of(made) == [(3, [("TOTAL_SPEND", f"Expected {NUMBER}; found the text “much”.")])]


def test_halves_of_characters_and_nul_that_json_has_are_said_and_kept(operator: Client) -> None:
    rows = [dict(zip(HEADING.split(","), row(f"u-{number}").split(","), strict=True)) for number in range(3)]
    rows[0] |= {"CITY": "\ud800"}
    rows[1] |= {"USER_ID": "u\ud83d"}
    rows[2] |= {"\udc00": "1", "a\0b": "2"}
    made = checked("\n".join(map(json.dumps, rows)))
    assert (made.stage, counts(made)) == (Stage.CHECKED, (3, 1, 2, 0))
    half = "Expected whole characters; found half of a surrogate pair."
    assert invalid_of(made) == [(1, [("CITY", half)]), (2, [("USER_ID", half)])]
    assert made.findings["others"] == ["a\N{REPLACEMENT CHARACTER}b", "\N{REPLACEMENT CHARACTER}"]
    address = f"/local/dataset-groups/loyalty-programme/datasets/users/imports/{made.key}/"
    assert operator.get(address).status_code == 200
    assert operator.get(f"{address}failed-rows/?format=xlsx").status_code == 200


def test_columns_are_matched_by_name_and_alias_and_others_are_left_out() -> None:
    made = uploaded("customer id;Member since;total-spend;Newsletter;Membership type;Notes\n")
    assert made.columns == ["USER_ID", "MEMBER_SINCE", "TOTAL_SPEND", "NEWSLETTER", "MEMBERSHIP_TYPE", None]


def test_what_a_person_has_mapped_is_remembered_for_the_same_heading() -> None:
    text = "who,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER,USER_ID\nu-1,Gold,1700000000,1,true,x\n"
    first = uploaded(text)
    assert first.columns[0] is None
    controls.start_check(first, columns=["USER_ID", *first.columns[1:5], None])
    work()
    assert ids_of(first) == ["u-1"]
    assert uploaded(text).columns == ["USER_ID", "MEMBERSHIP_TYPE", "MEMBER_SINCE", "TOTAL_SPEND", "NEWSLETTER", None]
    assert uploaded(text.replace("who", "whom")).columns[0] is None


def test_the_last_row_of_an_id_counts() -> None:
    made = checked(csv_of(row("u-1", CITY="A"), row("u-2"), row("u-1", CITY="B"), row("u-1", CITY="C")))
    assert counts(made) == (4, 4, 0, 2)
    assert made.findings["repeated"] == {"u-1": [2, 4, 5]}
    assert [part.superseded for part in Part.objects.filter(bulk_import=made)] == [[2, 4]]
    assert made.to_send_count == 2


def test_changes_doubts_and_advice_are_found() -> None:
    rows = [row(f"u-{number}", AGE="34.0" if number < 5 else "", CITY="N/A") for number in range(30)]
    found = checked(csv_of(*rows)).findings
    assert found["changes"] == {"AGE": {"number": {"rows": 5, "examples": {"34.0": "34"}}}}
    kind, rows_with_it = found["doubts"][0][1:3]
    assert (found["doubts"][0][0], kind, rows_with_it) == ("CITY", "Missing values as text", 30)
    advice = "AWS's documents ask for at least 70 % of a column."
    assert ["AGE", f"16 % of its rows have a value. {advice}"] in found["advice"]


def test_a_kind_of_change_can_be_left_out() -> None:
    made = checked(csv_of(row("u-1", AGE="34.0")))
    assert made.valid_count == 1
    assert controls.start_check(made, without={"AGE": ["number"]})
    work()
    made.refresh_from_db()
    assert counts(made) == (1, 0, 1, 0)


def test_the_order_of_dates_is_asked_for_where_the_file_does_not_tell_it() -> None:
    made = checked(csv_of(row("u-1", MEMBER_SINCE="5/6/2024"), row("u-2", MEMBER_SINCE="7/8/2024")))
    assert (made.valid_count, made.findings["unclear_dates"]) == (0, ["MEMBER_SINCE"])
    assert controls.start_check(made, choices={**made.choices, "date_orders": {"MEMBER_SINCE": "day/month/year"}})
    work()
    made.refresh_from_db()
    (part,) = Part.objects.filter(bulk_import=made)
    # 5 June and 7 August.
    assert ['"memberSince":1717545600' in text for text in part.records["properties"]] == [True, False]
    assert '"memberSince":1722988800' in part.records["properties"][1]


def test_records_are_compared_with_what_is_stored() -> None:
    sent(csv_of(row("u-same"), row("u-changed")))
    made = checked(csv_of(row("u-new"), row("u-same", LOYALTY_SCORE=""), row("u-changed", CITY="Elsewhere")))
    assert (made.new_count, made.changed_count, made.same_count) == (1, 1, 1)
    assert [part.differences for part in Part.objects.filter(bulk_import=made)] == ["nsc"]


def test_a_file_that_cannot_be_read_to_its_end_fails_in_a_sentence() -> None:
    content = gzip.compress(csv_of(*(row(f"u-{number}") for number in range(2000))).encode())
    made = uploaded(content, "members.csv.gz")
    # As a disk loses its end after the first look.
    store.remove(made)
    store.add(made, 0, content[:-100])
    controls.start_check(made)
    work()
    made.refresh_from_db()
    assert (made.stage, made.problem) == (
        Stage.FAILED,
        "The gzip file is damaged or incomplete: unpacking it failed. Pack it again, or upload it unpacked.",
    )


def test_a_check_that_breaks_off_begins_again() -> None:
    made = uploaded(csv_of(row("u-1"), row("u-2")))
    Part.objects.create(bulk_import=made, number=0, packed_records=b"", packed_invalid=b"", valid_count=7)
    controls.start_check(made)
    work()
    made.refresh_from_db()
    assert counts(made) == (2, 2, 0, 0)


def test_the_file_of_an_import_that_is_gone_is_said() -> None:
    made = uploaded(csv_of(row("u-1")))
    store.remove(made)
    controls.start_check(made)
    work()
    made.refresh_from_db()
    assert (made.stage, made.problem) == (Stage.FAILED, "The file is not there any more. Upload it again.")


def test_pages_of_invalid_rows_by_problem() -> None:
    rows = [row(f"u-{number}", TOTAL_SPEND="much" if number % 2 else "1", AGE="x") for number in range(60)]
    made = checked(csv_of(*rows))
    kinds = [(each.field, each.rows) for each in kinds_of_problems(made)]
    assert kinds == [("AGE", 60), ("TOTAL_SPEND", 30)]
    first = rows_page(made, 1)
    assert (first.row_count, first.page_count, first.rows[0].number) == (60, 3, 2)
    spend = next(each for each in kinds_of_problems(made) if each.field == "TOTAL_SPEND")
    second = rows_page(made, 2, [spend.key])
    assert (second.row_count, second.page_count, len(second.rows)) == (30, 2, 5)
    assert [each.number for each in second.rows] == [53, 55, 57, 59, 61]
    assert second.rows[0].cell_of(made.columns, "TOTAL_SPEND") == "much"
    assert rows_page(made, 99).number == 3


def test_a_row_is_fixed_and_sent_after_the_others() -> None:
    made = checked(csv_of(row("u-1", AGE="x", TOTAL_SPEND="y"), row("u-2")))
    still = fix_row(made, 0, 2, {"AGE": "35"})
    assert still is not None
    assert [(each.field, each.sentence) for each in still.problems] == [
        ("TOTAL_SPEND", f"Expected {NUMBER}; found the text “y”.")
    ]
    assert fix_row(made, 0, 2, {"TOTAL_SPEND": "9.5"}) is None
    made.refresh_from_db()
    assert (counts(made), ids_of(made), invalid_of(made)) == ((2, 2, 0, 0), ["u-2", "u-1"], [])
    with pytest.raises(LookupError):
        fix_row(made, 0, 2, {"AGE": "36"})
    controls.start_sending(made, share=100, leaves_out_same=False)
    work()
    stored = StoredRecord.objects.get(record_id="u-1")
    assert '"age":35' in stored.properties
    assert '"totalSpend":9.5' in stored.properties


def checked_again(made: Import, **chosen: Any) -> None:
    assert controls.start_check(made, **chosen)
    work()
    made.refresh_from_db()


def test_what_was_typed_into_rows_is_there_after_another_check() -> None:
    made = checked(csv_of(row("u-1", AGE="x"), row("u-2", AGE="y"), row("u-3", AGE="z"), row("u-4")))
    assert fix_row(made, 0, 4, {"AGE": "36"}) is None
    assert fix_row(made, 0, 2, {"USER_ID": "u-9", "AGE": "34"}) is None
    # Typed twice, and still invalid.
    for text in ("why", "why not"):
        assert fix_row(made, 0, 3, {"AGE": text}) is not None
    for chosen in ({}, {"columns": [None if each == "CITY" else each for each in made.columns]}):
        checked_again(made, **chosen)
        assert (counts(made), ids_of(made)) == ((4, 3, 1, 0), ["u-4", "u-3", "u-9"])
        assert [each.cell_of(made.columns, "AGE") for each in all_rows(made)] == ["why not"]
        assert made.findings["typed"] == {"used": 3, "unused": []}
    assert fix_row(made, 0, 3, {"AGE": "35"}) is None
    checked_again(made)
    assert (counts(made), ids_of(made)) == ((4, 4, 0, 0), ["u-4", "u-3", "u-9", "u-2"])
    controls.start_sending(made, share=100)
    work()
    assert '"age":34' in StoredRecord.objects.get(record_id="u-9").properties


def test_of_fixed_rows_with_one_id_the_last_is_sent_also_after_another_check() -> None:
    made = checked(csv_of(row("u-1", AGE="x"), row("u-2", AGE="y")))
    assert fix_row(made, 0, 3, {"USER_ID": "u-1", "AGE": "34"}) is None
    assert fix_row(made, 0, 2, {"AGE": "35"}) is None
    for _time in range(2):
        made.refresh_from_db()
        assert (counts(made), ids_of(made), made.to_send_count) == ((2, 2, 0, 1), ["u-1"], 1)
        fixed = Part.objects.get(bulk_import=made, is_of_fixed_rows=True)
        assert fixed.records["numbers"] == [2]
        checked_again(made)


def test_what_was_typed_into_a_row_that_reads_otherwise_is_kept_for_when_it_reads_as_before() -> None:
    before = csv_of(row("u-1", AGE="x"), row("u-2", AGE="y"))
    made = checked(before)
    for number in (2, 3):
        assert fix_row(made, 0, number, {"AGE": "34"}) is None
    for text, used, unused in ((before.replace("u-1,x", "u-1,z"), 1, [2]), (before, 2, [])):
        store.add(made, 0, text.encode())
        checked_again(made)
        assert made.findings["typed"] == {"used": used, "unused": unused}
        assert counts(made) == (2, used, 2 - used, 0)


def test_a_row_that_could_not_be_read_keeps_what_was_typed_into_it() -> None:
    made = checked(csv_of(row("u-1"), "u-2,34,Gold"))
    typed = {"USER_ID": "u-2", "MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": "1", "TOTAL_SPEND": "2", "NEWSLETTER": "no"}
    assert fix_row(made, 0, 3, typed) is None
    checked_again(made)
    assert (counts(made), ids_of(made)) == ((2, 2, 0, 0), ["u-1", "u-2"])


def test_a_row_that_is_fixed_after_the_others_were_sent_is_sent_after_them() -> None:
    made = sent(csv_of(row("u-1"), row("u-2", AGE="x"), row("u-3", AGE="y")))
    assert (made.stage, made.created_count, controls.fixed_count(made)) == (Stage.DONE, 1, 0)
    assert not controls.send_fixed(made)
    for number in (3, 4):
        assert fix_row(made, 0, number, {"AGE": "35"}) is None
        assert controls.fixed_count(made) == 1
        assert controls.send_fixed(made)
        work()
        made.refresh_from_db()
    assert (made.stage, made.created_count, made.invalid_count) == (Stage.DONE, 3, 0)
    assert StoredRecord.objects.filter(record_id__in=["u-1", "u-2", "u-3"]).count() == 3


def test_of_a_fixed_row_what_the_whole_file_tells_counts() -> None:
    text = "USER_ID;MEMBERSHIP_TYPE;MEMBER_SINCE;TOTAL_SPEND;NEWSLETTER\n"
    text += "u-1;Gold;13/5/2024;1,5;true\nu-2;Gold;5/5/2024;x;true\n"
    made = checked(text)
    assert fix_row(made, 0, 3, {"TOTAL_SPEND": "0,125"}) is None
    fixed = Part.objects.get(bulk_import=made, is_of_fixed_rows=True).records["properties"]
    assert fixed == ['{"membershipType":"Gold","memberSince":1714867200,"totalSpend":0.125,"newsletter":true}']


def test_several_rows_are_fixed_at_once() -> None:
    made = checked(csv_of(row("u-1", AGE="x"), row("u-2"), row("u-3", AGE="x"), row("u-4", AGE="x")))
    ages = {2: "34", 4: "y", 5: "36", 3: "35"}
    fixed = fix_rows(made, [TypedCells(0, number, {"AGE": age}) for number, age in ages.items()])
    # The second row of the file is none of the invalid ones.
    assert (fixed.valid_count, [row.number for row in fixed.invalid]) == (2, [4])
    assert [each.number for each in fixed.gone] == [3]
    made.refresh_from_db()
    assert counts(made) == (4, 3, 1, 0)
    assert ids_of(made) == ["u-2", "u-1", "u-4"]
    assert invalid_of(made) == [(4, [("AGE", "Expected a whole number (int), or no value; found the text “y”.")])]


def test_rows_of_several_parts_are_fixed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.records.files.readers.json_lines.ROWS_IN_A_BATCH", 1)
    monkeypatch.setattr("console.records.files.readers.batches.ROWS_TOGETHER", 2)
    rows = (dict(zip(HEADING.split(","), row(f"u-{number}", AGE="x").split(","), strict=True)) for number in range(5))
    made = checked("\n".join(map(json.dumps, rows)))
    places = [(page.part, page.number) for page in all_rows(made)]
    assert [part for part, _number in places] == [0, 0, 1, 1, 2]
    fixed = fix_rows(made, [TypedCells(part, number, {"AGE": "34"}) for part, number in places])
    assert (fixed.valid_count, fixed.invalid, fixed.gone) == (5, [], [])
    made.refresh_from_db()
    assert counts(made) == (5, 5, 0, 0)
