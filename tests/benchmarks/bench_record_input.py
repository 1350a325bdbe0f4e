"""Record input: judging it, rendering its page, and one judgement while typing."""

import json

from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture

from console.records.record_input import judge_record_input
from tests.pages.test_create_records import PAGE, VALID
from tests.records.tables import RECORD_OF_25, SCHEMA_OF_25


def test_judging_ten_records_of_a_schema_with_25_fields(benchmark: BenchmarkFixture) -> None:
    text = json.dumps([{"USER_ID": f"u-{number}", **RECORD_OF_25} for number in range(10)], indent=2)
    assert len(benchmark(judge_record_input, SCHEMA_OF_25, text).records) == 10


def test_judging_ten_records_that_are_all_wrong(benchmark: BenchmarkFixture) -> None:
    text = json.dumps([{"USER_ID": number, "FIELD_0": "x", "FIELD_4": 7} for number in range(10)], indent=2)
    assert len(benchmark(judge_record_input, SCHEMA_OF_25, text).problems) == 100


def test_rendering_the_page(benchmark: BenchmarkFixture, operator: Client) -> None:
    assert benchmark(operator.get, PAGE).status_code == 200


def test_one_judgement_while_typing(benchmark: BenchmarkFixture, operator: Client) -> None:
    form = {"record_input": VALID, "intent": "judge"}
    assert benchmark(operator.post, PAGE, form, headers={"HX-Request": "true"}).status_code == 200


def test_creating_a_record(benchmark: BenchmarkFixture, operator: Client) -> None:
    answer = benchmark(operator.post, PAGE, {"record_input": VALID, "intent": "create"})
    assert answer.status_code == 302
