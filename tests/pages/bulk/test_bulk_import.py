"""The page of one import: columns, check, rows, sending and what became of it."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Part, Stage
from console.local.simulation import simulate
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import environments
from console.records.entities import INTERACTIONS
from console.submissions.models import Submission
from tests.bulk.importing import checked, csv_of, row, sent, uploaded, work
from tests.pages.configured import configured
from tests.pages.frame.test_typed_text import carried
from tests.pages.html import rows_of, tables_of, text_of

DATASET = "/local/dataset-groups/loyalty-programme/datasets/users/"
HTMX = {"HX-Request": "true"}


def address(made: Import) -> str:
    return f"{DATASET}imports/{made.key}/"


def press(client: Client, made: Import, intent: str, **fields: Any) -> Any:
    """Press a button of the page, and return the answer; the import is as it is then."""
    answer = client.post(address(made), {"intent": intent, **fields})
    made.refresh_from_db()
    return answer


def mapped(made: Import) -> dict[str, str]:
    """Return the fields of Map columns as the page has them."""
    return {f"column-{number}": name or "" for number, name in enumerate(made.columns, 1)}


def test_columns_are_shown_with_their_values_and_fields(operator: Client) -> None:
    made = uploaded("USER_ID,age,Notes,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\nu-1,34,a b,Gold,1,2,yes\n")
    answer = operator.get(address(made))
    html = answer.content.decode()
    assert '<li class="step step-current" aria-current="step">' in html
    assert "Map columns (this step)" in text_of(answer)
    assert "Detected: a CSV file (commas, UTF-8), with its heading in row 1." in text_of(answer)
    columns = tables_of(answer)[1]
    assert [cells[0] for cells in columns[:3]] == ["u-1", "34", "a b"]
    assert '<option value="AGE" selected>AGE</option>' in html
    assert '<option value="" selected>Leave out</option>' in html


def test_columns_of_other_names_are_mapped_by_a_person(operator: Client) -> None:
    made = uploaded("Kunde;AGE;Stufe;Seit;Umsatz;Post\nu-1;34;Gold;1700000000;2;yes\n")
    answer = operator.get(address(made))
    assert "Only AGE was recognised among its names: choose the fields of the other columns." in text_of(answer)
    assert made.columns == [None, "AGE", None, None, None, None]
    fields = ("USER_ID", "AGE", "MEMBERSHIP_TYPE", "MEMBER_SINCE", "TOTAL_SPEND", "NEWSLETTER")
    chosen = {f"column-{number}": name for number, name in enumerate(fields, 1)}
    assert press(operator, made, "check", **chosen).status_code == 302
    work()
    made.refresh_from_db()
    assert (made.stage, made.valid_count, made.invalid_count) == (Stage.CHECKED, 1, 0)


def test_a_check_needs_the_required_fields_each_once(operator: Client) -> None:
    made = uploaded(csv_of(row("u-1")))
    answer = press(operator, made, "check", **mapped(made) | {"column-3": "", "column-2": "AGE", "column-8": "AGE"})
    assert answer.status_code == 422
    assert "Nothing was checked. Two columns are taken for AGE. Choose one of them." in text_of(answer)
    answer = press(operator, made, "check", **mapped(made) | {"column-3": ""})
    assert "The schema requires MEMBERSHIP_TYPE: choose the column that MEMBERSHIP_TYPE come" in text_of(answer)
    assert made.stage == Stage.MAPPING
    assert press(operator, made, "check", **mapped(made)).status_code == 302
    assert made.stage == Stage.CHECKING


def test_a_column_is_chosen_instead_of_one_that_json_does_not_have(operator: Client) -> None:
    traits = {"membershipType": "Gold", "memberSince": 1700000000, "totalSpend": 2, "newsletter": True, "town": "Bern"}
    made = uploaded(json.dumps({"userId": "u-1", "traits": traits}))
    town = made.look["heading"].index("traits.town") + 1
    assert (made.look["heading"][-1], made.columns[-1]) == ("city", "CITY")
    # Of two columns that are there, one has to be chosen.
    answer = press(operator, made, "check", **mapped(made) | {f"column-{town}": "MEMBERSHIP_TYPE"})
    assert "Two columns are taken for MEMBERSHIP_TYPE. Choose one of them." in text_of(answer)
    assert press(operator, made, "check", **mapped(made) | {f"column-{town}": "CITY"}).status_code == 302
    assert (made.columns[town - 1], made.columns[-1]) == ("CITY", None)


def test_what_a_file_does_not_tell_is_asked_and_it_is_read_again(operator: Client) -> None:
    made = uploaded(csv_of(row("u-1", CITY="Zürich")).encode("windows-1252"))
    text = text_of(operator.get(address(made)))
    assert "It is not in UTF-8, and is read as Windows-1252. Do letters such as é and ü look right?" in text
    assert press(operator, made, "look", encoding="macroman").status_code == 302
    assert made.choices["encoding"] == "macroman"
    assert "Z\u00b8rich" in text_of(operator.get(address(made)))


def test_what_was_typed_into_rows_stays_and_another_reading_asks_before(operator: Client) -> None:
    made = checked(csv_of(row("u-1", CITY="Zürich"), row("u-2", CITY="Köln", AGE="x")).encode("windows-1252"))
    press(operator, made, "save_row", part="0", row="3", **{"cell-AGE": "41"})
    press(operator, made, "check_again")
    work()
    made.refresh_from_db()
    assert (made.valid_count, made.invalid_count) == (2, 0)
    assert "1 row was checked with what was typed into it here." in text_of(operator.get(address(made)))
    columns = f"{address(made)}?step=columns"
    assert "Check without it" not in text_of(operator.get(columns))
    press(operator, made, "look", encoding="macroman")
    assert "than when something was typed into row 3. If a row reads" in text_of(operator.get(address(made)))
    refused = press(operator, made, "check", **mapped(made))
    assert (refused.status_code, made.stage) == (422, Stage.MAPPING)
    assert "Nothing was checked. Choose below to check without what was typed into rows that read" in text_of(refused)
    assert press(operator, made, "check", **mapped(made), without_typed="on").status_code == 302
    work()
    made.refresh_from_db()
    assert (made.valid_count, made.invalid_count) == (1, 1)
    assert "What was typed into row 3 was not used: the file reads differently" in text_of(operator.get(address(made)))
    # As it was read before, what was typed is there again.
    press(operator, made, "look", encoding="windows-1252")
    press(operator, made, "check", **mapped(made))
    work()
    made.refresh_from_db()
    assert (made.valid_count, made.invalid_count) == (2, 0)


def test_dates_that_do_not_tell_their_month_are_asked_for(operator: Client) -> None:
    made = uploaded(csv_of(row("u-1", MEMBER_SINCE="5/6/2024"), row("u-2", MEMBER_SINCE="7/6/2024")))
    assert "Is 5/6/2024 day/month/year or month/day/year?" in text_of(operator.get(address(made)))
    order = {"date-order-MEMBER_SINCE": "day/month/year"}
    press(operator, made, "check", **mapped(made) | order)
    work()
    text = text_of(operator.get(address(made)))
    assert "5/6/2024 becomes 1717545600 and 7/6/2024 becomes 1717718400, in 2 rows: dates become seconds" in text
    assert '<option value="day/month/year" selected>' in operator.get(address(made)).content.decode()
    # The other way, 5 June and 7 June are 6 May and 6 July.
    press(operator, made, "check_again", **{"date-order-MEMBER_SINCE": "month/day/year"})
    work()
    assert "5/6/2024 becomes 1714953600 and 7/6/2024 becomes 1720224000" in text_of(operator.get(address(made)))


def test_a_check_that_asks_for_the_order_of_dates_says_nothing_of_changes(operator: Client) -> None:
    text = text_of(operator.get(address(checked(csv_of(row("u-1", MEMBER_SINCE="5/6/2024"))))))
    assert "How dates are read Dates in MEMBER_SINCE" in text.replace("Warning, ", "")
    assert "What the check has changed" not in text


def test_the_check_says_what_it_has_counted_and_changed(operator: Client) -> None:
    rows = [row("u-1", AGE="34.0"), row("u-2", AGE="x"), row("u-3", CITY=" Bern "), row("u-1", AGE="35.0")]
    made = checked(csv_of(*rows))
    text = text_of(operator.get(address(made)))
    assert (
        "Rows 4 Valid 3 Invalid 1 not sent unless they are fixed Repeated IDs 1 a later row is sent To send 2 valid rows but the repeated ones New 2"
        in text
    )
    assert "u-1: row 5 is sent, and not row 2." in text
    assert "AGE : 34.0 becomes 34 and 35.0 becomes 35, in 2 rows: numbers are written as JSON has them." in text
    assert "CITY : “Bern ” becomes “Bern”, in 1 row: spaces around values go." in text


def test_a_kind_of_change_can_be_left_out_and_taken_back(operator: Client) -> None:
    made = checked(csv_of(row("u-1", CITY=" Bern ")))
    press(operator, made, "check_again", **{"leave-CITY": "spaces"})
    assert (made.stage, made.without) == (Stage.CHECKING, {"CITY": ["spaces"]})
    work()
    answer = operator.get(address(made))
    assert 'name="leave-CITY" value="spaces" checked' in answer.content.decode()
    press(operator, made, "check_again")
    assert made.without == {}


def test_invalid_rows_by_column_and_kind(operator: Client) -> None:
    rows = [row(f"u-{number}", AGE="x" if number % 2 else "1e99", TOTAL_SPEND="y") for number in range(60)]
    made = checked(csv_of(*rows))
    answer = operator.get(address(made))
    assert "Invalid rows (60)" in text_of(answer)
    assert "Page 1 Page 2 Page 3" in text_of(answer)
    assert "TOTAL_SPEND: text (60) AGE: all problems (60) AGE: a number with a fraction or an" in text_of(answer)
    assert "Page 1 Page 2 Page 3" in text_of(operator.get(address(made), {"problem": '["AGE"]'}))
    key = '["AGE", "text"]'
    texts = operator.get(address(made), {"problem": key})
    assert "Page 1 Page 2" in text_of(texts)
    assert "Page 3" not in text_of(texts)
    assert "found the text “x”" in text_of(texts)
    assert "1e99" not in " ".join(cell for cells in rows_of(texts) for cell in cells)


def test_a_row_is_fixed_in_place(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2", AGE="x")))
    still = press(operator, made, "save_row", part="0", row="3", **{"cell-AGE": "y"})
    assert still.status_code == 422
    assert "found the text “y”" in text_of(still)
    assert 'value="y"' in still.content.decode()
    assert press(operator, made, "save_row", part="0", row="3", **{"cell-AGE": "41"}).status_code == 302
    assert (made.valid_count, made.invalid_count) == (2, 0)
    assert "Row 3 is valid now. It will be sent after all others." in text_of(operator.get(address(made)))
    gone = operator.post(address(made), {"intent": "save_row", "part": "0", "row": "3", "cell-AGE": "42"}, follow=True)
    assert gone.status_code == 409
    assert "This row was not saved: it was fixed meanwhile" in text_of(gone)
    assert "You typed: AGE “42”." in text_of(gone)


def test_a_row_that_is_saved_while_others_are_sent_is_given_back(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2", AGE="x")))
    press(operator, made, "send", share="50")
    form = {"intent": "save_row", "part": "0", "row": "3", "cell-AGE": "41", "cell-CITY": "Ostvale"}
    waits = "This row was not saved, since the import is at work. Once that is over, it can be fixed here."
    for headers in ({}, HTMX):
        answer = operator.post(address(made), form, headers=headers)
        assert f"{waits} You typed: AGE “41”, CITY “Ostvale”." in text_of(answer)
        assert "status-success" not in answer.content.decode()
    made.refresh_from_db()
    assert (made.stage, made.invalid_count) == (Stage.SENDING, 1)


def test_a_row_that_is_saved_with_htmx_brings_the_counts_along(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2", AGE="x"), row("u-3", AGE="x")))
    form = {"intent": "save_row", "part": "0", "row": "3", "cell-AGE": "41"}
    html = operator.post(address(made), form, headers=HTMX).content.decode()
    assert html.strip().startswith('<tr id="row-0-3" role="row" class="saved-row">')
    assert '<span id="invalid-count" class="counter" hx-swap-oob="true">(1)</span>' in html
    assert "<strong>2 users</strong> in about 1 call of up to 10" in html
    form = {"intent": "save_row", "part": "0", "row": "4", "cell-AGE": "z"}
    html = operator.post(address(made), form, headers=HTMX).content.decode()
    assert 'aria-describedby="problem-0-4-AGE" autofocus>' in html


def test_a_row_that_could_not_be_read_is_typed_anew(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), "u-2,34,Gold"))
    answer = operator.get(address(made))
    assert "As it stands: u-2,34,Gold" in text_of(answer)
    cells = {"USER_ID": "u-2", "MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": "1", "TOTAL_SPEND": "2", "NEWSLETTER": "no"}
    fields = {f"cell-{name}": text for name, text in cells.items()}
    assert press(operator, made, "save_row", part="0", row="3", **fields).status_code == 302
    assert made.valid_count == 2


TYPED_ROW = {"intent": "save_row", "part": "0", "row": "32", "cell-AGE": "forty", "cell-CITY": "Ostvale"}
NOT_SAVED = "Row 32 is not saved, since the page was open for too long. It stands above the others with what you typed"


def with_invalid_rows() -> Import:
    return checked(csv_of(*[row(f"u-{number}", AGE="x") for number in range(31)]))


def test_a_row_that_is_saved_after_the_session_has_expired_comes_back_as_typed(demo: None, client: Client) -> None:
    made = with_invalid_rows()
    typed_by = {"typed_by": str(User.objects.get(username="operator").pk)}
    refused = client.post(address(made), {**TYPED_ROW, **typed_by})
    right = {"username": "operator", "password": "operator", **typed_by, **carried(refused)}
    page = client.post("/sign-in/", right, follow=True)
    assert (page.status_code, NOT_SAVED in text_of(page)) == (200, True)
    # It is on the second page of the rows.
    assert re.findall(r'<tr id="row-([0-9-]+)"', page.content.decode())[:2] == ["0-32", "0-2"]
    assert 'name="cell-AGE" value="forty"' in page.content.decode()
    assert 'value="forty"' not in client.get(address(made)).content.decode()
    made.refresh_from_db()
    assert made.invalid_count == 31


def test_a_row_whose_form_has_expired_comes_back_as_typed(operator: Client) -> None:
    made = with_invalid_rows()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="operator"))
    page = strict.post(address(made), TYPED_ROW)
    assert (page.status_code, NOT_SAVED in text_of(page)) == (403, True)
    assert 'name="cell-AGE" value="forty"' in page.content.decode()
    gone = strict.post(address(made), {**TYPED_ROW, "row": "99"})
    assert "it was fixed meanwhile" in text_of(gone)


def test_without_a_script_nothing_is_dismissed_where_something_may_be_typed(operator: Client) -> None:
    made = sent(csv_of(row("u-1")))
    Import.objects.update(seconds_sending=61)
    hidden = f'<form method="post" action="{address(made)}" hidden data-needs-script>'
    assert hidden in operator.get(f"{DATASET}create-records/").content.decode()
    other = operator.get("/local/dataset-groups/").content.decode()
    assert f'<form method="post" action="{address(made)}">' in other


def test_records_are_sent_at_a_share_and_belong_to_who_presses(operator: Client) -> None:
    made = checked(csv_of(*[row(f"u-{number}") for number in range(1001)]))
    text = text_of(operator.get(address(made)))
    assert "1,001 users in about 101 calls of up to 10. At 80 % of AWS's rate that takes about 13 seconds." in text
    assert "10 %: 1 call a second, 101 seconds" in text
    assert "A dataset import job is recommended" not in text
    operator.force_login(User.objects.get(username="administrator"))
    assert press(operator, made, "send", share="7").status_code == 422
    assert press(operator, made, "send", share="100").status_code == 302
    assert (made.stage, made.share, made.person_name) == (Stage.SENDING, 100, "administrator")


def test_a_job_is_recommended_for_many_records(operator: Client) -> None:
    made = checked(csv_of(row("u-1")))
    Import.objects.filter(pk=made.pk).update(valid_count=50_000, row_count=50_000)
    text = text_of(operator.get(address(made)))
    assert "A dataset import job is recommended for 50,000 users. Sent from here they take about 11 minutes" in text


def test_same_records_can_be_left_out(operator: Client) -> None:
    sent(csv_of(row("u-1"), row("u-2")))
    made = checked(csv_of(row("u-1"), row("u-2", AGE="35"), row("u-3")))
    text = text_of(operator.get(address(made)))
    assert "New 1 Changed 1 The same 1" in text
    assert "Leave out the 1 row that is the same" in text
    press(operator, made, "send", share="100", leaves_out_same="on")
    work()
    made.refresh_from_db()
    assert made.created_count == 2


def test_while_it_is_sent_it_can_be_paused_resumed_and_cancelled(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2")))
    press(operator, made, "send", share="50")
    text = text_of(operator.get(address(made)))
    assert "Done 0 of 2 (0 %)" in text
    assert "Refresh" in text
    press(operator, made, "pause")
    text = text_of(operator.get(address(made)))
    assert (made.stage, "Resume" in text) == (Stage.PAUSED, True)
    press(operator, made, "resume")
    assert made.stage == Stage.SENDING
    press(operator, made, "cancel")
    assert made.stage == Stage.CANCELLED
    assert "This import was cancelled by operator. 2 records were not sent." in text_of(operator.get(address(made)))
    late = operator.post(address(made), {"intent": "resume"}, follow=True)
    assert "This import has moved on meanwhile." in text_of(late)


def test_a_page_that_waits_changes_with_the_import_alone(operator: Client) -> None:
    made = checked(csv_of(row("u-1")))
    press(operator, made, "send", share="50")
    page = operator.get(address(made)).content.decode()
    asked = page.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert 'id="asks-again"' in operator.get(asked, headers=HTMX).content.decode()
    assert "<main" not in operator.get(asked, headers=HTMX).content.decode()
    work()
    assert "The import has ended: 1 sent, 0 failed." in text_of(operator.get(asked, headers=HTMX))


def test_afterwards_it_says_what_became_of_the_records(operator: Client) -> None:
    made = sent(csv_of(row("u-1"), row("u-2"), row("u-3", AGE="x")))
    answer = operator.get(address(made))
    text = text_of(answer)
    assert "All 2 records were sent and accepted." in text
    assert "Sent 2 Refused 0 Unconfirmed 0 Invalid rows 1" in text
    assert "Records by outcome over time" in text
    assert f"submissions/?import={made.key}" in answer.content.decode()
    found = operator.get("/local/dataset-groups/loyalty-programme/submissions/", {"import": str(made.key)})
    assert len(rows_of(found)) == 1


def test_what_failed_is_retried_by_an_import_of_its_own(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2")))
    press(operator, made, "send", share="100")
    simulate("InvalidInputException", 0, 1, "operator")
    work()
    made.refresh_from_db()
    text = text_of(operator.get(address(made)))
    assert "0 records were sent, and 2 failed." in text
    assert "Simulated by the local service: the request has an invalid value." in text
    sent(csv_of(row("u-1", CITY="Elsewhere")))
    first, second = (press(operator, made, "retry")["Location"] for _press in range(2))
    assert first == second
    work()
    text = text_of(operator.get(first))
    assert "the records of an earlier import that failed" in text
    assert "Leave out the 1 record that was accepted with other values since" in text
    assert 'name="leaves_out_newer" checked' in operator.get(first).content.decode()
    operator.post(first, {"intent": "send", "share": "100", "leaves_out_newer": "on"})
    work()
    assert "All 1 record was sent and accepted." in text_of(operator.get(first))
    assert "Retried on" in text_of(operator.get(address(made)))


def test_nothing_is_sent_where_nothing_is_valid(operator: Client) -> None:
    made = checked(csv_of(row("u-1", AGE="x")))
    answer = operator.post(address(made), {"intent": "send", "share": "100"}, follow=True)
    assert "Nothing was sent: there is no valid record. Fix rows first." in text_of(answer)
    made.refresh_from_db()
    assert made.stage == Stage.CHECKED


def test_a_submission_of_an_import_leads_to_it_and_has_no_typed_text(operator: Client) -> None:
    made = sent(csv_of(row("u-1")))
    page = f"/local/dataset-groups/loyalty-programme/submissions/{Submission.objects.get().pk}/"
    answer = operator.get(page)
    assert f'href="{address(made)}"><bdi>members.csv</bdi></a>' in answer.content.decode()
    assert "One call of an import from a file" in text_of(answer)
    assert "Record input" not in text_of(answer)
    assert "Edit and send again" not in text_of(answer)
    assert rows_of(answer)[0][1] == "u-1"
    made.delete()
    assert f"Import {made.key} (its file and rows were removed)" in text_of(operator.get(page))
    history = operator.get(f"{DATASET}record-history/", {"record_id": "u-1"})
    assert "by operator, by an import from a file" in text_of(history)


def test_a_guarded_environment_is_confirmed_and_a_read_only_one_refuses(
    operator: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checked(csv_of(row("u-1")))
    tables = {"production": 'label = "Production"\nguarded = true', "archive": "read_only = true"}
    file = tmp_path / "environments.toml"
    with configured(tables, "http://127.0.0.1:9", settings, file, monkeypatch):
        endpoint = endpoint_of(environments()["production"])
        Import.objects.filter(pk=made.pk).update(environment="production", endpoint=endpoint)
        page = address(made).replace("/local/", "/production/")
        text = text_of(operator.get(page))
        assert "At 50 % of AWS's rate" in text
        assert "Type loyalty-programme to confirm" in text
        refused = operator.post(page, {"intent": "send", "share": "30", "confirmation": "other"})
        assert refused.status_code == 422
        assert "This is a different name, so nothing was sent." in text_of(refused)
        assert "At 30 % of AWS's rate" in text_of(refused)
        operator.post(page, {"intent": "send", "share": "30", "confirmation": "loyalty-programme"})
        made.refresh_from_db()
        assert (made.stage, made.share) == (Stage.SENDING, 30)
        Import.objects.filter(pk=made.pk).update(environment="archive")
        assert operator.get(address(made).replace("/local/", "/archive/")).status_code == 403


def test_others_have_nothing_of_it(viewer: Client) -> None:
    made = uploaded(csv_of(row("u-1")))
    assert viewer.get(address(made)).status_code == 403
    assert viewer.get(f"{address(made)}failed-rows/?format=csv").status_code == 403
    assert viewer.post(address(made), {"intent": "cancel"}).status_code == 403


def test_one_of_another_dataset_is_not_there(operator: Client) -> None:
    made = uploaded(csv_of(row("u-1")))
    other = address(made).replace("/users/", "/items/")
    assert operator.get(other).status_code == 404
    assert operator.post(address(made), {"intent": "nothing"}).status_code == 400


def test_a_long_import_that_has_ended_is_told_on_every_page_until_it_is_seen(operator: Client) -> None:
    made = sent(csv_of(row("u-1")))
    home = "/local/dataset-groups/"
    assert "The import of" not in text_of(operator.get(home))
    began = timezone.now() - timedelta(minutes=2)
    Import.objects.filter(pk=made.pk).update(sending_began_at=began)
    told = operator.get(home)
    assert "The import of members.csv has ended: 1 sent, 0 failed. View import" in text_of(told)
    dismissed = press(operator, made, "dismiss", next=home)
    assert (dismissed.status_code, dismissed["Location"]) == (302, home)
    assert "The import of" not in text_of(operator.get(home))
    Import.objects.filter(pk=made.pk).update(is_seen=False)
    operator.get(address(made))
    assert "The import of" not in text_of(operator.get(home))


def test_an_import_that_cannot_go_on_is_told_again_after_it_was_resumed(operator: Client) -> None:
    made = checked(csv_of(row("u-1")))
    controls.start_sending(made, share=50, leaves_out_same=False)
    stuck = {"stage": Stage.PAUSED, "problem": "AWS refused it.", "seconds_sending": 90}
    Import.objects.filter(pk=made.pk).update(**stuck)
    assert "The import of members.csv has stopped. AWS refused it." in text_of(operator.get("/local/dataset-groups/"))
    operator.get(address(made))
    press(operator, made, "resume")
    Import.objects.filter(pk=made.pk).update(**stuck)
    assert "has stopped. AWS refused it." in text_of(operator.get("/local/dataset-groups/"))


def test_events_are_counted_by_calls_and_may_repeat(operator: Client) -> None:
    heading = "USER_ID,SESSION_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP"
    events = [f"u-{number % 3},s,i-1,Watch,{1_700_000_000 + number}" for number in range(30)]
    made = checked("\n".join([heading, *events, ""]), group="video-streaming", entity=INTERACTIONS)
    page = f"/local/dataset-groups/video-streaming/datasets/interactions/imports/{made.key}/"
    text = text_of(operator.get(page))
    assert (
        "30 item interactions in about 3 calls: a call has the events of one user and session. At 80 % of AWS's rate "
        "that takes at least 1 second. How long it takes depends on how soon each call is answered"
    ) in text
    assert "100 %: up to 1,000 calls a second, at least 1 second" in text
    assert "an event that you then send again may be stored twice" in text
    assert "New" not in text.partition("Check")[2].partition("Send")[0]
    controls.start_sending(made)
    assert "Time left -" in text_of(operator.get(page))


def test_a_retry_of_unconfirmed_events_asks_before_they_are_sent_again(operator: Client) -> None:
    heading = "USER_ID,SESSION_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP"
    events = [f"u-{number},s,i-1,Watch,1700000000" for number in range(3)]
    made = sent("\n".join([heading, *events, ""]), group="video-streaming", entity=INTERACTIONS)
    # As after a server that was killed.
    Part.objects.update(outcomes="uuc")
    Import.objects.update(created_count=1, unconfirmed_count=2)
    calls = Submission.objects.count()
    page = f"/local/dataset-groups/video-streaming/datasets/interactions/imports/{made.key}/"
    retry = operator.post(page, {"intent": "retry"})["Location"]
    work()
    text = text_of(operator.get(retry))
    assert "2 of these events are unconfirmed: they may be stored already. Send them again only if a second" in text
    assert Submission.objects.count() == calls


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_format_but_csv_and_xlsx(operator: Client, kind: str) -> None:
    made = checked(csv_of(row("u-1", AGE="x")))
    assert operator.get(f"{address(made)}failed-rows/?format={kind}").status_code == 200
    assert operator.get(f"{address(made)}failed-rows/?format={kind}x").status_code == 400
