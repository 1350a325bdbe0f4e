#!/bin/sh
# The AWS SDK for JavaScript 3.1143.0 takes an object for the properties of PutUsers, and sends it as JSON text.
#
# The member is a string of JSON text. Seen, with the text that the request's body then has for it:
# - An object, an array or a number is written as JSON text. Text is sent as it is, so that text which was encoded twice
#   stays so.
# - A date in an object becomes text as `toJSON` gives it, and a member that is `undefined` is left out without a word.
# - boto3 1.44.8 refuses all but text with ParamValidationError before it sends anything. The model marks the member as
#   `jsonvalue`, but botocore heeds that of headers alone.
# - The SDK's version 2, aws-sdk 2.1693.0, encodes text once more: what arrives is JSON text of JSON text. An object
#   arrives as from version 3.
# A call that works with one SDK therefore fails with the other, though both follow the same model.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check boto3==1.44.8 botocore==1.44.8
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/client-personalize-events@3.1143.0 \
  aws-sdk@2.1693.0

cat >seen.mjs <<'PROGRAM'
import http from "node:http";
import { PersonalizeEventsClient, PutUsersCommand } from "@aws-sdk/client-personalize-events";
import AWS from "aws-sdk";

const datasetArn = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS";
const CASES = {
  text: '{"age":34}',
  "an object": { age: 34, member: undefined, since: new Date(0) },
  "an array": [34],
  "a number": 34,
};
const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    console.log(`JavaScript ${request.url.slice(1, -6).replaceAll("%20", " ")}: ${JSON.parse(body).users[0].properties}`);
    response.end();
  });
});
server.listen(0, "127.0.0.1", async () => {
  for (const [words, properties] of Object.entries(CASES)) {
    const client = new PersonalizeEventsClient({
      endpoint: `http://127.0.0.1:${server.address().port}/v3, ${encodeURIComponent(words)}`,
      region: "us-east-1",
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
    });
    await client.send(new PutUsersCommand({ datasetArn, users: [{ userId: "u-1", properties }] }));
    client.destroy();
  }
  for (const [words, properties] of Object.entries(CASES).slice(0, 2)) {
    const client = new AWS.PersonalizeEvents({
      endpoint: `http://127.0.0.1:${server.address().port}/v2, ${encodeURIComponent(words)}`,
      region: "us-east-1",
      credentials: new AWS.Credentials("any", "any"),
    });
    await client.putUsers({ datasetArn, users: [{ userId: "u-1", properties }] }).promise();
  }
  server.close();
});
PROGRAM

cat >seen.py <<'PROGRAM'
import boto3
import botocore.exceptions

client = boto3.client(
    "personalize-events",
    endpoint_url="http://127.0.0.1:9",
    region_name="us-east-1",
    aws_access_key_id="any",
    aws_secret_access_key="any",
)
arn = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS"
member = client.meta.service_model.shape_for("User").members["properties"]
print(f"boto3: the model's member is a {member.type_name}, jsonvalue {member.serialization['jsonvalue']}")
for words, properties in (("an object", {"age": 34}), ("an array", [34]), ("a number", 34)):
    try:
        client.put_users(datasetArn=arn, users=[{"userId": "u-1", "properties": properties}])
    except botocore.exceptions.ParamValidationError as error:
        print(f"boto3, {words}: {type(error).__name__}")
PROGRAM

cat >expected <<'SEEN'
JavaScript v3, text: {"age":34}
JavaScript v3, an object: {"age":34,"since":"1970-01-01T00:00:00.000Z"}
JavaScript v3, an array: [34]
JavaScript v3, a number: 34
JavaScript v2, text: "{\"age\":34}"
JavaScript v2, an object: {"age":34,"since":"1970-01-01T00:00:00.000Z"}
boto3: the model's member is a string, jsonvalue True
boto3, an object: ParamValidationError
boto3, an array: ParamValidationError
boto3, a number: ParamValidationError
SEEN
{
  node seen.mjs 2>/dev/null
  venv/bin/python seen.py
} | tee seen
diff expected seen
