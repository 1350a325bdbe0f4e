#!/bin/sh
# The AWS SDK for JavaScript 3.1143.0 takes the time of its signatures from the Date header of answers, successes included.
#
# Seen with PutUsers against a server whose Date header is an hour ahead, each client making two calls:
# - JavaScript, after a success: the second call is signed an hour ahead.
# - JavaScript, after ResourceNotFoundException: the client itself sends the call again, an hour ahead.
# - Java 2.40.2 sends again, an hour ahead, after InvalidSignatureException alone, and from then on so do all clients of the
#   process: the next one signs its first call an hour ahead.
# - boto3 1.44.8 never moves its clock.
# A proxy or a stand-in with a wrong or frozen clock therefore breaks JavaScript clients that talk to it once, and a server that
# counts calls sees one more of each that it refuses. Needs Node.js, a JDK and Maven.
set -eu
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
server=
cd "$folder"

cat >server.py <<'PROGRAM'
import email.utils
import http.server
import pathlib
import time
from datetime import UTC, datetime, timedelta

AHEAD = timedelta(hours=1)
STATUS = {"InvalidSignatureException": 403, "ResourceNotFoundException": 404}
refused = set()


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(time.time() + AHEAD.total_seconds(), usegmt=True)

    def do_POST(self):
        """Note when the request was signed; its path begins with the client and with what its first request gets."""
        self.rfile.read(int(self.headers["Content-Length"]))
        signed = datetime.strptime(self.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        is_ahead = signed - datetime.now(UTC) > AHEAD / 2
        client = self.path.removesuffix("/users").strip("/")
        code = client.partition("/")[2]
        is_refused = code in STATUS and client not in refused
        refused.add(client)
        with open("signed", "a") as file:
            file.write(f"{client} {'ahead' if is_ahead else 'now'}\n")
        self.send_response(STATUS[code] if is_refused else 200)
        self.send_header("x-amzn-ErrorType", code)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
pathlib.Path("port.part").write_text(str(server.server_address[1]))
pathlib.Path("port.part").rename("port")
server.serve_forever()
PROGRAM

cat >seen.py <<'PROGRAM'
import sys

import boto3
import botocore.exceptions

for code in ("success", "ResourceNotFoundException", "InvalidSignatureException"):
    client = boto3.client(
        "personalize-events",
        endpoint_url=f"http://127.0.0.1:{sys.argv[1]}/boto3/{code}",
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    for _ in range(2):
        try:
            client.put_users(
                datasetArn="arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS", users=[{"userId": "u-1"}]
            )
        except botocore.exceptions.ClientError:
            pass
PROGRAM

cat >seen.mjs <<'PROGRAM'
import { PersonalizeEventsClient, PutUsersCommand } from "@aws-sdk/client-personalize-events";

const datasetArn = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS";
for (const code of ["success", "ResourceNotFoundException", "InvalidSignatureException"]) {
  const client = new PersonalizeEventsClient({
    endpoint: `http://127.0.0.1:${process.argv[2]}/javascript/${code}`,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  for (let call = 0; call < 2; call++) {
    await client.send(new PutUsersCommand({ datasetArn, users: [{ userId: "u-1" }] })).catch(() => {});
  }
  client.destroy();
}
PROGRAM

cat >Seen.java <<'PROGRAM'
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.personalizeevents.PersonalizeEventsClient;
import software.amazon.awssdk.services.personalizeevents.model.User;

public class Seen {
  public static void main(String[] arguments) {
    String arn = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS";
    for (String code : new String[] {"success", "ResourceNotFoundException", "InvalidSignatureException", "another"}) {
      try (PersonalizeEventsClient client = PersonalizeEventsClient.builder()
          .endpointOverride(URI.create("http://127.0.0.1:" + arguments[0] + "/java/" + code))
          .region(Region.US_EAST_1)
          .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
          .build()) {
        for (int call = 0; call < 2; call++) {
          try {
            client.putUsers(request -> request.datasetArn(arn).users(User.builder().userId("u-1").build()));
          } catch (SdkException error) {
            continue;
          }
        }
      }
    }
  }
}
PROGRAM

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check boto3==1.44.8 botocore==1.44.8
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/client-personalize-events@3.1143.0
cat >pom.xml <<'PROJECT'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>seen</groupId>
  <artifactId>seen</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.awssdk</groupId>
      <artifactId>personalizeevents</artifactId>
      <version>2.40.2</version>
    </dependency>
  </dependencies>
</project>
PROJECT
mvn --quiet --batch-mode "-Dmaven.repo.local=$folder/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
javac -cp 'lib/*' Seen.java

venv/bin/python server.py &
server=$!
until [ -e port ]; do sleep 0.1; done
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
venv/bin/python seen.py "$(cat port)"
node seen.mjs "$(cat port)" 2>/dev/null
java -cp 'lib/*:.' Seen "$(cat port)" 2>/dev/null

cat >expected <<'SEEN'
boto3/success now
boto3/success now
boto3/ResourceNotFoundException now
boto3/ResourceNotFoundException now
boto3/InvalidSignatureException now
boto3/InvalidSignatureException now
javascript/success now
javascript/success ahead
javascript/ResourceNotFoundException now
javascript/ResourceNotFoundException ahead
javascript/ResourceNotFoundException ahead
javascript/InvalidSignatureException now
javascript/InvalidSignatureException ahead
javascript/InvalidSignatureException ahead
java/success now
java/success now
java/ResourceNotFoundException now
java/ResourceNotFoundException now
java/InvalidSignatureException now
java/InvalidSignatureException ahead
java/InvalidSignatureException ahead
java/another ahead
java/another ahead
SEEN
cat signed
diff expected signed
