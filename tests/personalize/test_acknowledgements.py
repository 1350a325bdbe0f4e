"""Which answers of PutUsers are a success: AWS's, and none that contradicts itself."""

import pytest

from console.personalize.answers import OtherAnswer, check_acknowledgement

ID = {"x-amzn-requestid": "11111111-2222-3333-4444-555555555555"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [(ID, b""), (ID, b"{}"), (ID, b'{"new": 1}'), ({}, b""), ({}, b"{}"), ({**ID, "content-length": "0"}, b"")],
)
def test_an_empty_answer_is_a_success(headers: dict[str, str], body: bytes) -> None:
    check_acknowledgement({"status_code": 200, "headers": headers, "body": body})


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {**ID, "x-amzn-errortype": "InvalidInputException"}, b"{}"),
        (200, ID, b'{"__type": "InvalidInputException", "message": "no"}'),
        (200, {}, b'{"new": 1}'),
        (200, ID, b"[]"),
        (200, ID, b"<html>"),
        (200, {**ID, "content-length": "2"}, b""),
        (201, ID, b""),
    ],
)
def test_another_answer_is_none(status: int, headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(OtherAnswer):
        check_acknowledgement({"status_code": status, "headers": headers, "body": body})


def test_an_error_is_left_to_botocore() -> None:
    check_acknowledgement({"status_code": 400, "headers": {"x-amzn-errortype": "X"}, "body": b"<html>"})
