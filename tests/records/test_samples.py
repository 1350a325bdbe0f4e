import json

from console.records.entities import USERS
from console.records.requests import request_body
from console.records.samples import Target, body_text, samples

ARN = "arn:aws:personalize:eu-west-1:123456789012:dataset/shop/USERS"
RECORDS = [("it's", '{"age":30}'), ("u-2", "{}")]


def test_the_body_is_what_the_api_reference_shows() -> None:
    assert body_text(request_body(USERS, ARN, RECORDS)) == (
        f'{{"datasetArn":"{ARN}","users":[{{"userId":"it\'s","properties":"{{\\"age\\":30}}"}},{{"userId":"u-2"}}]}}'
    )


def test_samples_stand_in_the_order_of_the_tabs_and_name_the_region_and_the_dataset() -> None:
    found = samples(Target(USERS, "eu-west-1", ARN), RECORDS)
    assert [sample.name for sample in found] == ["AWS CLI", "Python (boto3)", "Java", "JavaScript", "HTTP"]
    for sample in found:
        assert "eu-west-1" in sample.code
        assert ARN in sample.code
        assert "endpoint" not in sample.code


def test_python_is_indented_by_four_and_javascript_by_two() -> None:
    _, python, _, javascript, _ = (each.code for each in samples(Target(USERS, "eu-west-1", ARN), [("u-1", "{}")]))
    assert '    users=[\n        {\n            "userId": "u-1",\n        },\n    ],\n)\n' in python
    assert '  users: [\n    {\n      userId: "u-1",\n    },\n  ],\n}));\n' in javascript


def test_samples_name_an_endpoint_that_is_not_aws_s_own() -> None:
    for sample in samples(Target(USERS, "eu-west-1", ARN, "http://127.0.0.1:8000/aws"), RECORDS):
        assert "http://127.0.0.1:8000/aws" in sample.code


def test_the_http_sample_goes_to_the_region_s_endpoint() -> None:
    assert (
        "https://personalize-events.eu-west-1.amazonaws.com/users"
        in samples(Target(USERS, "eu-west-1", ARN), RECORDS)[4].code
    )


def java(records: list[tuple[str, str]]) -> str:
    (code,) = [each.code for each in samples(Target(USERS, "eu-west-1", ARN), records) if each.name == "Java"]
    return code


def test_java_is_ascii_whatever_the_text() -> None:
    assert '.userId("\\u00fc\\ud83d\\ude00")' in java([("ü😀", "{}")])


def test_what_does_not_show_is_written_as_an_escape() -> None:
    hidden = "\u202e\u2066\u200b\u2028\x7f\ufeff"
    for sample in samples(Target(USERS, "eu-west-1", ARN), [(hidden, "{}")]):
        assert not any(character in sample.code for character in hidden)
        assert "\\u202e" in sample.code


def test_what_is_too_long_for_an_argument_goes_through_standard_input() -> None:
    long = [(str(number), json.dumps({"name": "é" * 23_000}, ensure_ascii=False)) for number in range(10)]
    cli, _, _, _, http = (sample.code for sample in samples(Target(USERS, "eu-west-1", ARN), long))
    for command in (cli, http):
        assert all(len(line.encode()) < 1000 for line in command.partition("<<'END_OF_REQUEST'")[0].splitlines())
        assert command.splitlines()[-2:] == [body_text(request_body(USERS, ARN, long)), "END_OF_REQUEST"]


def test_java_takes_a_long_text_in_parts() -> None:
    code = java([("u", "x" * 24_000)])
    assert f'String.join("", "{"x" * 20_000}", "{"x" * 4_000}")' in code
