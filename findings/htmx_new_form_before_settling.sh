#!/bin/sh
# htmx 2.0.10 does not send a form that it has just put into the page: for 20 ms the browser would send it.
#
# Seen with a form that has `hx-post`, comes in a response, and is submitted in three moments:
# - when it is in the page, and when `htmx:afterSwap` has been announced: the event reaches the document without being
#   prevented, so that a browser leaves the page for the form's `action`. A button alone would do nothing.
# - when `htmx:afterSettle` has been announced: htmx sends it.
# New content is processed at the end of the settle delay, not when it is swapped in. A person who presses the same place twice,
# and a test that clicks what it has found, may be faster: let it wait for `htmx:afterSettle`, or set `settle:0s`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts htmx.org@2.0.10 jsdom@26.1.0

cat >seen.mjs <<'PROGRAM'
import { readFileSync } from "node:fs";
import http from "node:http";
import { JSDOM } from "jsdom";

const FORM = '<form action="/by-the-browser" hx-post="/by-htmx"><button>Send</button></form>';
const swap = process.argv[2];

const server = http.createServer((request, response) => {
  response.setHeader("Content-Type", "text/html");
  response.end(request.url === "/form" ? FORM : "sent");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const { window } = new JSDOM(`<div id="place" hx-get="/form" hx-trigger="wanted" hx-swap="${swap}"></div>`, {
  url: `http://127.0.0.1:${server.address().port}/`,
  runScripts: "outside-only",
});
const { document, XPathExpression } = window;
// jsdom wants the type of the result, which browsers take for 0 where it is left out.
const { evaluate } = XPathExpression.prototype;
XPathExpression.prototype.evaluate = function (node, type = 0) {
  return evaluate.call(this, node, type, null);
};
window.eval(readFileSync("node_modules/htmx.org/dist/htmx.js", "utf8"));
await new Promise((resolve) => setTimeout(resolve, 100));

let moment;
document.addEventListener("submit", (event) => {
  console.log(`${swap}, ${moment}: sent by ${event.defaultPrevented ? "htmx" : "the browser"}`);
  event.preventDefault();
});
const submit = (when) => {
  moment = when;
  document.querySelector("button").click();
};
const there = new Promise((resolve) => {
  const look = () => document.querySelector("button") && resolve();
  new window.MutationObserver(look).observe(document, { childList: true, subtree: true });
});
const announced = (name) => new Promise((resolve) => document.addEventListener(name, resolve, { once: true }));
const [swapped, settled] = [announced("htmx:afterSwap"), announced("htmx:afterSettle")];
window.htmx.trigger(document.getElementById("place"), "wanted");
await there;
submit("in the page");
await swapped;
submit("after htmx:afterSwap");
await settled;
submit("after htmx:afterSettle");
process.exit();
PROGRAM

for swap in innerHTML "innerHTML settle:0s"; do
  timeout 30 node seen.mjs "$swap"
done | tee seen
cat >expected <<'SEEN'
innerHTML, in the page: sent by the browser
innerHTML, after htmx:afterSwap: sent by the browser
innerHTML, after htmx:afterSettle: sent by htmx
innerHTML settle:0s, in the page: sent by htmx
innerHTML settle:0s, after htmx:afterSwap: sent by htmx
innerHTML settle:0s, after htmx:afterSettle: sent by htmx
SEEN
diff expected seen
