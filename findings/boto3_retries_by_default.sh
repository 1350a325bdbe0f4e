#!/bin/sh
# boto3 1.44.8 gives up a failing call after a tenth of a second where boto3 1.40.0 went on for seconds.
#
# Seen with PutUsers against a server that always fails, with nothing configured:
# - boto3 1.40.0 is in mode "legacy": 5 requests, with pauses that grow to several seconds.
# - boto3 1.44.8 is in mode "standard": 3 requests. After a 500 the pauses are random up to 0.05 and 0.1 seconds, a scale
#   that this mode did not have before; after a ThrottlingException they are up to 1 and 2 seconds.
# A test that counts on pauses between attempts, or a service that counts on clients to outlast a short failure, sees it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/seen.py" <<'PROGRAM'
import http.server
import threading
import time

import boto3
import botocore.exceptions

FAILURES = {"500": (500, "InternalFailure"), "throttled": (400, "ThrottlingException")}
arrivals = []


class Failing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    failure = FAILURES["500"]

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        arrivals.append(time.monotonic())
        status, code = self.failure
        self.send_response(status)
        self.send_header("x-amzn-ErrorType", code)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Failing)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = boto3.client(
    "personalize-events",
    endpoint_url=f"http://127.0.0.1:{server.server_address[1]}",
    region_name="us-east-1",
    aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
    aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
)
arn = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS"


def seen():
    """Return how many requests came, and the longest pause between two of them."""
    arrivals.clear()
    try:
        client.put_users(datasetArn=arn, users=[{"userId": "u-1"}])
    except botocore.exceptions.ClientError:
        pass
    return len(arrivals), max(later - earlier for earlier, later in zip(arrivals, arrivals[1:]))


# Pauses are random from 0 to their limit, so that the longest of several calls says which limit it is.
calls = [seen() for _ in range(4)]
counts, longest = {count for count, _pause in calls}, max(pause for _count, pause in calls)
print(f"{boto3.__version__}, 500: {counts} requests, pauses {'below' if longest < 0.3 else 'above'} 0.3 s")
if boto3.__version__ == "1.44.8":
    Failing.failure = FAILURES["throttled"]
    calls = [seen() for _ in range(4)]
    counts, longest = {count for count, _pause in calls}, max(pause for _count, pause in calls)
    print(f"{boto3.__version__}, throttled: {counts} requests, pauses {'below' if longest < 0.3 else 'above'} 0.3 s")
PROGRAM

unset AWS_RETRY_MODE AWS_MAX_ATTEMPTS
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
for packages in "boto3==1.40.0 botocore==1.40.0" "boto3==1.44.8 botocore==1.44.8"; do
  python3 -m venv --clear "$folder/venv"
  # The packages are two words.
  # shellcheck disable=SC2086
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check $packages
  "$folder/venv/bin/python" "$folder/seen.py"
done | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
1.40.0, 500: {5} requests, pauses above 0.3 s
1.44.8, 500: {3} requests, pauses below 0.3 s
1.44.8, throttled: {3} requests, pauses above 0.3 s
SEEN
diff "$folder/expected" "$folder/seen"
