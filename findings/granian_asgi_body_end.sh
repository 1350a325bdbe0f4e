#!/bin/sh
# Granian 2.8.7 never says with the last bytes of a body that they are the last; uvicorn 0.54.0 does.
#
# Seen with a POST whose Content-Length is 5, and an application that writes down what `receive` gives it:
# - uvicorn gives one message: 5 bytes, `more_body` False.
# - Granian gives two: 5 bytes, `more_body` True, and an empty one with `more_body` False.
# Both are right by ASGI. An application that waits for the end of a small body crosses from the server's runtime to its
# event loop twice as often on Granian, which several busy clients notice: it may stop at the stated length instead.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check granian==2.8.7 uvicorn==0.54.0

cat >"$folder/seen.py" <<'PROGRAM'
import json
import socket
import subprocess
import sys
import time
import urllib.request


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    messages = []
    while not messages or messages[-1]["more_body"]:
        message = await receive()
        messages.append({"bytes": len(message.get("body", b"")), "more_body": message.get("more_body", False)})
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(messages).encode()})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port):
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", b"12345") as found:
                return json.load(found)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def seen(*command):
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", *command, "--port", str(port), "seen:application"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return answer(port)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    whole = {"bytes": 5, "more_body": False}
    expected = {
        "uvicorn": [whole],
        "granian": [{"bytes": 5, "more_body": True}, {"bytes": 0, "more_body": False}],
    }
    found = {
        "uvicorn": seen("uvicorn"),
        "granian": seen("granian", "--interface", "asgi"),
    }
    print(json.dumps(found, indent=2))
    sys.exit(found != expected)
PROGRAM
cd "$folder"
"$folder/venv/bin/python" seen.py
