"""Sending an import by a dataset import job, and the rows that are fixed once the others were sent."""

from pathlib import Path

import pytest
from django.test import Client
from openpyxl import Workbook

from console.bulk.models import Import, Stage
from tests.bulk.importing import checked, csv_of, row, sent, work
from tests.pages.html import text_of


def address(made: Import) -> str:
    return f"/local/dataset-groups/loyalty-programme/datasets/users/imports/{made.key}/"


@pytest.mark.parametrize("mode", ["FULL", "INCREMENTAL"])
def test_a_job_can_be_chosen_with_what_it_does_to_the_data(operator: Client, mode: str) -> None:
    made = checked(csv_of(row("u-1")))
    page = text_of(operator.get(address(made)))
    assert "Replaces all data that was imported in bulk into the dataset." in page
    assert "Adds the records to those that the dataset has." in page
    operator.post(address(made), {"intent": "send", "share": "80", "way": mode})
    made.refresh_from_db()
    assert (made.stage, made.import_mode) == (Stage.SENDING, mode)
    assert f"A dataset import job, {mode}, imports 1 record from Amazon S3." in text_of(operator.get(address(made)))


def test_without_a_choice_the_console_sends_it(operator: Client) -> None:
    made = checked(csv_of(row("u-1")))
    operator.post(address(made), {"intent": "send", "share": "80", "way": "nonsense"})
    made.refresh_from_db()
    assert (made.stage, made.import_mode) == (Stage.SENDING, "")


def test_rows_are_fixed_and_sent_after_the_others(operator: Client) -> None:
    made = sent(csv_of(row("u-1"), row("u-2", AGE="x")))
    page = text_of(operator.get(address(made)))
    assert "1 invalid row was not sent." in page
    assert "Rows that you fix above can be sent from here." in page
    saved = {"intent": "save_row", "part": "0", "row": "3", "cell-AGE": "35"}
    operator.post(address(made), saved)
    assert "1 row is valid now, and not sent yet." in text_of(operator.get(address(made)))
    operator.post(address(made), {"intent": "send_fixed"})
    work()
    made.refresh_from_db()
    assert (made.stage, made.created_count, made.invalid_count) == (Stage.DONE, 2, 0)
    # Nothing is left that could be sent.
    operator.post(address(made), {"intent": "send_fixed"})
    made.refresh_from_db()
    assert made.stage == Stage.DONE


def test_a_row_that_is_saved_brings_its_figures_along(operator: Client) -> None:
    made = sent(csv_of(row("u-1"), row("u-2", AGE="x")))
    saved = {"intent": "save_row", "part": "0", "row": "3", "cell-AGE": "35"}
    page = operator.post(address(made), saved, headers={"HX-Request": "true"}).content.decode()
    assert 'id="fixed-counts" hx-swap-oob="true">1 row is valid now' in page
    assert "send-counts" not in page


def test_long_numbers_of_a_sheet_are_taken_once_a_person_says_so(operator: Client, tmp_path: Path) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["USER_ID", "MEMBERSHIP_TYPE", "MEMBER_SINCE", "TOTAL_SPEND", "NEWSLETTER"])
    workbook.active.append([7001000000000011, "Gold", 1700000000, 1.5, True])
    workbook.save(tmp_path / "members.xlsx")
    made = checked((tmp_path / "members.xlsx").read_bytes(), name="members.xlsx")
    assert (made.valid_count, made.invalid_count) == (0, 1)
    assert "Spreadsheets keep 15 digits of a number" in text_of(operator.get(address(made)))
    operator.post(address(made), {"intent": "check_again", "long-numbers-USER_ID": "digits"})
    work()
    made.refresh_from_db()
    assert (made.valid_count, made.invalid_count) == (1, 0)
    operator.post(address(made), {"intent": "check_again", "long-numbers-USER_ID": ""})
    work()
    made.refresh_from_db()
    assert made.valid_count == 0


def test_a_file_with_a_heading_alone_says_so(operator: Client) -> None:
    made = checked(csv_of())
    assert "The file has a heading, and no rows below it." in text_of(operator.get(address(made)))
