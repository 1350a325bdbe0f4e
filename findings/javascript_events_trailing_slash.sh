#!/bin/sh
# The JavaScript SDK 3.1143.0 signs another path than it sends where an endpoint ends in a slash.
#
# Seen with @aws-sdk/client-personalize-events and an endpoint that ends in /aws/: the request goes to /aws//users, and its
# Signature Version 4 is that of /aws/users. A server that computes the signature from the path that it received refuses
# the request; it has to take a run of slashes for one, in the path and in what it verifies.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/client-personalize-events@3.1143.0

cat >seen.mjs <<'PROGRAM'
import { createHash, createHmac } from "node:crypto";
import http from "node:http";
import { PersonalizeEventsClient, PutUsersCommand } from "@aws-sdk/client-personalize-events";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

function signature(request, body, path) {
  const [, scope, names] = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+),/.exec(request.headers.authorization);
  const lines = names.split(";").map((name) => `${name}:${request.headers[name].trim()}\n`).join("");
  const canonical = ["POST", path, "", lines, names, sha256(body)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce(hmac, `AWS4${SECRET}`);
  return hmac(key, toSign).toString("hex");
}

const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    const given = /Signature=([0-9a-f]+)/.exec(request.headers.authorization)[1];
    const signed = ["/aws/users", "/aws//users"].filter((path) => signature(request, body, path) === given);
    console.log(`sends ${request.url}, signs ${signed}`);
    response.end();
  });
});
server.listen(0, "127.0.0.1", async () => {
  const client = new PersonalizeEventsClient({
    endpoint: `http://127.0.0.1:${server.address().port}/aws/`,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET },
  });
  const datasetArn = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS";
  await client.send(new PutUsersCommand({ datasetArn, users: [{ userId: "u-1" }] }));
  client.destroy();
  server.close();
});
PROGRAM

node seen.mjs 2>/dev/null | tee seen
echo "sends /aws//users, signs /aws/users" >expected
diff expected seen
