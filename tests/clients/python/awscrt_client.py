"""The signer of awscrt, AWS's common runtime, with http.client: see plain.py."""

import os
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from urllib.parse import urlsplit

from awscrt.auth import AwsCredentialsProvider, AwsSigningConfig, aws_sign_request
from awscrt.http import HttpHeaders, HttpRequest

from tests.clients.python.plain import SIGNED_AS, answer_with

keys = AwsCredentialsProvider.new_static(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])


def send(url: str, headers: dict[str, str], body: bytes) -> tuple[int, Mapping[str, str], str]:
    """Send a signed request."""
    parts = urlsplit(url)
    pairs = [*headers.items(), ("Host", parts.netloc), ("Content-Length", str(len(body)))]
    request = HttpRequest("POST", parts.path, HttpHeaders(pairs), BytesIO(body))
    config = AwsSigningConfig(credentials_provider=keys, region=os.environ["AWS_REGION"], service=SIGNED_AS)
    aws_sign_request(request, config).result(60)
    connection = HTTPConnection(parts.netloc, timeout=60)
    try:
        connection.request("POST", parts.path, body, dict(request.headers))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    except HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()


if __name__ == "__main__":
    answer_with(send)
