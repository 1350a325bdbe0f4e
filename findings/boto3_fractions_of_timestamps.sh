#!/bin/sh
# boto3 1.44.8 sends the fraction of a timestamp's second, which boto3 1.40.0 cut off.
#
# Seen with `sentAt` of PutEvents, whose body has the seconds since 1970 as a number:
# - boto3 1.40.0 sends whole seconds of a datetime, of a number and of ISO 8601 text, and of half a second before 1970 it
#   sends the second before that.
# - boto3 1.44.8 sends 1746100800.999 for each of them, and -0.5.
# A service that reads a whole number there, compares events by their second, or is asked by clients of both versions,
# sees it. Events that were identical may no longer be so, and no setting brings the whole seconds back.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/seen.py" <<'PROGRAM'
import datetime
import json

import boto3
from botocore.awsrequest import AWSResponse

MOMENTS = {
    "datetime": datetime.datetime(2025, 5, 1, 12, 0, 0, 999000, tzinfo=datetime.timezone.utc),
    "number": 1746100800.999,
    "text": "2025-05-01T12:00:00.999Z",
    "before 1970": datetime.datetime(1969, 12, 31, 23, 59, 59, 500000, tzinfo=datetime.timezone.utc),
}
sent = []


class Nothing:
    def stream(self, **_options):
        return [b""]


def answer(request, **_event):
    (event,) = json.loads(request.body)["eventList"]
    sent.append(event["sentAt"])
    return AWSResponse(request.url, 200, {}, Nothing())


client = boto3.client(
    "personalize-events",
    region_name="us-east-1",
    aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
    aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
)
client.meta.events.register("before-send", answer)
for name, moment in MOMENTS.items():
    client.put_events(trackingId="t", sessionId="s", eventList=[{"eventType": "view", "sentAt": moment}])
    print(f"{boto3.__version__}, {name}: {sent[-1]}")
PROGRAM

export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
for packages in "boto3==1.40.0 botocore==1.40.0" "boto3==1.44.8 botocore==1.44.8"; do
  python3 -m venv --clear "$folder/venv"
  # The packages are two words.
  # shellcheck disable=SC2086
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check $packages
  "$folder/venv/bin/python" "$folder/seen.py"
done | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
1.40.0, datetime: 1746100800
1.40.0, number: 1746100800
1.40.0, text: 1746100800
1.40.0, before 1970: -1
1.44.8, datetime: 1746100800.999
1.44.8, number: 1746100800.999
1.44.8, text: 1746100800.999
1.44.8, before 1970: -0.5
SEEN
diff "$folder/expected" "$folder/seen"
