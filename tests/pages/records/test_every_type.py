"""Create record(s) of every type of dataset, from the template to the export of what was sent.

What is true of every type is here. What is peculiar to one, or to the page whatever the type, is in the other tests.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from console.bulk.models import Import
from console.local.models import StoredEvent, StoredRecord
from console.submissions.models import Submission
from tests.pages.html import fields_of, rows_of, text_of
from tests.pages.records.test_create_records import HTMX, shown_text
from tests.support.examples import EVENTS, EXAMPLES, PATH, RECORDS, Example
from tests.support.examples.datasets import make_dataset
from tests.support.examples.pasted import as_json, shapes

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


@dataclass(frozen=True)
class Made:
    """An example with its dataset, and what requests name as their target."""

    example: Example
    target: str
    capsys: pytest.CaptureFixture[str]

    def post(self, client: Client, text: str, intent: str = "create", **headers: str) -> Any:
        """Press a button of Create record(s)."""
        return client.post(self.example.page, {"record_input": text, "intent": intent}, headers=headers)

    def stored(self) -> list[dict[str, Any]]:
        """Return what `manage.py local_records` prints of the dataset."""
        self.capsys.readouterr()
        call_command("local_records", self.example.arn)
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]


@pytest.fixture(params=EXAMPLES, ids=lambda each: each.slug)
def made(
    request: pytest.FixtureRequest,
    demo: None,
    personalize: "PersonalizeClient",
    capsys: pytest.CaptureFixture[str],
) -> Made:
    return Made(request.param, make_dataset(personalize, request.param), capsys)


of_records = pytest.mark.parametrize("made", RECORDS, ids=lambda each: each.slug, indirect=True)
of_events = pytest.mark.parametrize("made", EVENTS, ids=lambda each: each.slug, indirect=True)


def test_opens_with_the_template_of_the_schema(operator: Client, made: Made) -> None:
    example = made.example
    answer = operator.get(example.page)
    assert f"Create {example.in_title or example.name} record(s)" in text_of(answer)
    assert json.loads(shown_text(answer)) == example.template
    assert json.loads(shown_text(made.post(operator, "{nothing", "reset"))) == example.template
    added = made.post(operator, as_json(example.record), "add")
    assert json.loads(shown_text(added)) == [example.record, example.template]
    of_type = "" if example.slug == "users" else f" {example.slug}"
    assert f'data-draft="operator local every-type{of_type}"' in answer.content.decode()


def test_every_shape_that_may_be_pasted_is_detected_and_sent(operator: Client, made: Made) -> None:
    for words, (text, stored) in shapes(made.example, made.target).items():
        record_input = text
        if not words.isdigit():
            refused = made.post(operator, text, "validate")
            assert refused.status_code == 422, words
            assert f"Detected: {words}." in text_of(refused)
            assert "Expected a JSON value" not in text_of(refused)
            assert shown_text(refused) == text
            converted = made.post(operator, text, "convert")
            assert "Problems" not in text_of(converted)
            record_input = shown_text(converted)
            turned = made.post(operator, text)
            assert turned.status_code == 422, words
            assert f"Nothing was sent yet. The text was turned into records from {words}." in text_of(turned)
            assert shown_text(turned) == record_input
            assert made.stored() == []
        assert made.post(operator, record_input).status_code == 302, words
        assert sorted(made.stored(), key=as_json) == sorted(stored, key=as_json), words
        StoredRecord.objects.all().delete()
        StoredEvent.objects.all().delete()


def test_json_and_the_form_give_the_same_text(operator: Client, made: Made) -> None:
    example = made.example
    record = as_json(example.record)
    form = fields_of(made.post(operator, record, "form"))
    assert form["view"] == "form"
    assert operator.post(example.page, {**form, "intent": "json"}).context["page"].text == record
    empty = fields_of(operator.get(f"{example.page}?view=form"))
    filled_in = {name: value for name, value in form.items() if name.startswith(("value-", "state-"))}
    back = operator.post(example.page, {**empty, **filled_in, "intent": "json"})
    assert json.loads(back.context["page"].text) == [example.record]
    answer = operator.post(example.page, {**empty, **filled_in, "intent": "create"})
    assert answer["Location"].endswith("&view=form#response-panel")
    assert made.stored() == [example.stored]


def test_what_is_wrong_is_named_with_its_place_and_nothing_is_sent(operator: Client, made: Made) -> None:
    name, (field, value, sentence) = made.example.name, made.example.wrong
    text = f"[\n{as_json(made.example.record)},\n{as_json({**made.example.second, field: value})}\n]"
    column = text.splitlines()[2].index(f'"{value}"') + 1
    for headers in ({}, HTMX):
        answer = made.post(operator, text, **headers)
        assert answer.status_code == 422
        assert f"Ln 3, Col {column} · Record 2, {field} · {sentence}" in text_of(answer)
    field, _property_name, value = made.example.other
    eleven = [{**made.example.record, field: f"{value}-{number}"} for number in range(11)]
    answer = made.post(operator, as_json(eleven))
    assert f"Expected 1 to 10 {name}s at a time; found 11 {name}s." in text_of(answer)
    assert not Submission.objects.exists()
    assert made.stored() == []


def test_the_request_is_the_operation_s_own_in_five_languages(operator: Client, made: Made) -> None:
    example = made.example
    answer = made.post(operator, as_json(example.record), "validate")
    text, code = text_of(answer), code_of(answer)
    body = json.dumps(example.body_to(made.target), ensure_ascii=False, separators=(",", ":"))
    (members,) = [value for value in example.body.values() if isinstance(value, list)]
    length = len(members[0]["properties"])
    assert "The record input is valid. Nothing was sent." in text
    assert f"Body {len(body.encode())} bytes" in text
    assert f"{example.name.capitalize()}s 1 of at most 10" in text
    assert f"Longest properties {length} of at most {example.most_characters:,} characters" in text
    assert list(code) == ["Body", "AWS CLI", "Python (boto3)", "Java", "JavaScript", "HTTP"]
    assert code["Body"] == body
    assert f"aws personalize-events {example.command} \\\n" in code["AWS CLI"]
    assert "--endpoint-url http://testserver/aws" in code["AWS CLI"]
    assert f"personalize_events.{example.command.replace('-', '_')}(\n" in code["Python (boto3)"]
    method = example.operation[0].lower() + example.operation[1:]
    assert f".{method}({example.operation}Request.builder()\n" in code["Java"]
    assert f"new {example.operation}Command({{\n" in code["JavaScript"]
    assert f"http://testserver/aws/{example.command.removeprefix('put-')} " in code["HTTP"]
    assert all(made.target in each for each in code.values())
    assert not Submission.objects.exists()


def code_of(answer: Any) -> dict[str, str]:
    """Return what the tabs of the Request panel show, by their names."""
    tab = re.compile(r'<summary>([^<]*)</summary>\s*<pre class="code"[^>]*>(.*?)</pre>', re.DOTALL)
    return {name: unescape(code) for name, code in tab.findall(answer.content.decode())}


def test_a_press_is_answered_written_down_listed_and_exported(operator: Client, made: Made) -> None:
    example, record_id = made.example, made.example.record_id
    result = "Created" if example.is_event else "New to this console"
    success = f"{example.name} was accepted" if example.is_event else f"{example.name} record created or replaced"
    page = text_of(operator.get(made.post(operator, as_json(example.record))["Location"]))
    assert f"Success: 1 {success}." in page
    after = f"View stored {'event' if example.is_event else example.name}"
    assert f"1 {record_id} {result} {after}" in page
    assert made.stored() == [example.stored]
    submission = Submission.objects.get()
    assert (submission.dataset_type, submission.dataset_arn) == (example.dataset_type, example.arn)
    assert submission.record_input == as_json(example.record)
    ((_when, _outcome, person, records, *_rest),) = rows_of(operator.get(f"{PATH}/submissions/"))
    about = f" ({example.record['EVENT_TYPE']} {example.object_id})" if example.is_event else ""
    assert (person, records) == ("operator", f"1 {example.name}: {record_id}{about}")
    assert example.arn in text_of(operator.get(f"{PATH}/submissions/{submission.pk}/"))
    exported = operator.get(f"{PATH}/submissions/export-submissions/", {"format": "csv", "properties": "yes"})
    (row,) = csv.DictReader(io.StringIO(b"".join(exported).decode(), newline=""))
    assert (row["dataset_type"], row["outcome"], row["record_count"]) == (example.dataset_type, "created", "1")
    assert json.loads(row["record_ids"]) == [record_id]
    (members,) = [value for value in example.body.values() if isinstance(value, list)]
    assert members[0].items() <= json.loads(row["records"])[0].items()


def test_the_dataset_lists_what_it_stores_and_leads_to_it(operator: Client, made: Made) -> None:
    made.post(operator, as_json(made.example.record))
    dataset = operator.get(f"{PATH}/datasets/{made.example.slug}/")
    assert f"{made.example.name.capitalize()}s in this dataset (1)" in text_of(dataset)
    kind = "stored-event" if made.example.is_event else "stored-record"
    (address,) = re.findall(rf'href="([^"]*/{kind}/\?[^"]*)"', dataset.content.decode())
    page = text_of(operator.get(unescape(address)))
    for value in made.example.record.values():
        assert ("true" if value is True else str(value)) in page


@of_records
def test_what_a_record_replaces_is_known_and_its_history_kept(operator: Client, made: Made) -> None:
    example, record_id = made.example, made.example.record_id
    assert f"{record_id} is not stored in this dataset. It will be created." in text_of(
        made.post(operator, as_json(example.record), "validate")
    )
    made.post(operator, as_json(example.record))
    loaded = operator.get(f"{example.page}?known_record={record_id}")
    assert json.loads(shown_text(loaded)) == example.record
    changed = as_json({**example.record, **example.changed})
    text = text_of(made.post(operator, changed, "validate"))
    first, second = example.changed_properties
    assert re.search(
        rf"{record_id} is stored, as of .* GMT, and will be replaced\. Changes: {first}, {second} \.", text
    )
    made.post(operator, changed)
    history = text_of(operator.get(f"{PATH}/datasets/{example.slug}/record-history/?record_id={record_id}"))
    for name, (field, value) in zip(example.changed_properties, example.changed.items(), strict=True):
        before, after = json.dumps(example.record[field]), json.dumps(value)
        assert f"{name} Changed {before} {after}" in history


@of_events
def test_an_event_is_added_to_the_others_and_has_no_history(operator: Client, made: Made) -> None:
    example = made.example
    for record in (example.record, {**example.record, **example.changed}):
        answer = made.post(operator, as_json(record), "validate")
        assert "will be created" not in text_of(answer)
        assert "will be replaced" not in text_of(answer)
        assert made.post(operator, as_json(record)).status_code == 302
    values = dict(zip(example.changed_properties, example.changed.values(), strict=True))
    assert made.stored() == [example.stored, {**example.stored, **values}]
    history = operator.get(f"{PATH}/datasets/{example.slug}/record-history/?record_id={example.record_id}")
    assert history.status_code == 404


def test_a_viewer_sees_the_page_and_sends_nothing(viewer: Client, made: Made) -> None:
    opened = viewer.get(made.example.page)
    assert "Your role, viewer, may not create records." in text_of(opened)
    assert "Create record(s)</button>" not in opened.content.decode()
    assert "<textarea" not in opened.content.decode()
    for headers in ({}, HTMX):
        refused = made.post(viewer, as_json(made.example.record), **headers)
        assert refused.status_code == 403
        assert "Your role, viewer, may not create records. Ask an administrator for a role." in text_of(refused)
    assert not Submission.objects.exists()
    assert made.stored() == []


def test_more_records_than_a_call_takes_are_imported(
    made: Made, operator: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    # With the values of Python, which no file has.
    text = repr([made.example.record] * 11)
    assert "data-leads-on>Import all 11 records</button>" in made.post(operator, text).content.decode()
    answer = operator.post(f"{PATH}/datasets/{made.example.slug}/import-records/", {"record_input": text})
    assert answer.status_code == 302
    found = Import.objects.get()
    assert (found.look["kind"], found.dataset_type) == ("json lines", made.example.dataset_type)
    assert set(made.example.record) <= {name for name in found.columns if name}
