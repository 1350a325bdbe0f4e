"""requests with requests-aws4auth: see plain.py."""

import os
from collections.abc import Mapping

import requests
from requests_aws4auth import AWS4Auth

from tests.clients.python.plain import SIGNED_AS, answer_with

signer = AWS4Auth(
    os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_REGION"], SIGNED_AS
)


def send(url: str, headers: dict[str, str], body: bytes) -> tuple[int, Mapping[str, str], str]:
    """Send a signed request."""
    answer = requests.post(url, data=body, headers=headers, auth=signer, timeout=60)
    return answer.status_code, answer.headers, answer.text


if __name__ == "__main__":
    answer_with(send)
