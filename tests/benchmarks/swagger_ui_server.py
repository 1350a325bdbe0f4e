"""Swagger UI's "Try it out" page for PutUsers, served as the console serves: compressed, and kept by browsers.

It is what the time to an editable field is compared with. CONSOLE_BENCH_SWAGGER_UI is the directory to serve.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

PUBLISHED = Path(__file__).with_name("swagger_ui") / "node_modules" / "swagger-ui-dist"
FILES = ("swagger-ui.css", "swagger-ui-bundle.js")
INDEX = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>PutUsers</title>
  <link rel="stylesheet" href="swagger-ui.css">
</head>
<body>
  <div id="swagger-ui"></div>
  <script src="swagger-ui-bundle.js"></script>
  <script src="start.js"></script>
</body>
</html>
"""
# Everything is open from the beginning, so that nobody has to press a button before they can type.
START = """\
SwaggerUIBundle({ url: "put-users.json", dom_id: "#swagger-ui", docExpansion: "full", tryItOutEnabled: true });
"""
USER = {"type": "object", "properties": {"userId": {"type": "string"}, "properties": {"type": "string"}}}
BODY = {
    "type": "object",
    "properties": {"datasetArn": {"type": "string"}, "users": {"type": "array", "items": USER}},
}
DEFINITION = {
    "openapi": "3.0.3",
    "info": {"title": "Amazon Personalize Events", "version": "2018-03-22"},
    "paths": {
        "/users": {
            "post": {
                "operationId": "PutUsers",
                "requestBody": {"content": {"application/json": {"schema": BODY}}},
                "responses": {"200": {"description": "Success"}},
            }
        }
    },
}


def write_files(directory: Path) -> None:
    """Write the page and what it loads, each also compressed."""
    for name in FILES:
        shutil.copyfile(PUBLISHED / name, directory / name)
    (directory / "index.html").write_text(INDEX)
    (directory / "start.js").write_text(START)
    (directory / "put-users.json").write_text(json.dumps(DEFINITION))
    compressor = Compressor(quiet=True)
    for path in list(directory.iterdir()):
        compressor.compress(str(path))


def not_found(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
    """Answer what is no file."""
    start_response("404 Not Found", [])
    return []


def application(environ: dict[str, object], start_response: Callable[..., object]) -> object:
    """Serve the files, as a WSGI application."""
    return _files(environ, start_response)


_directory = os.environ.get("CONSOLE_BENCH_SWAGGER_UI")
_files = WhiteNoise(not_found, root=_directory, index_file=True, max_age=31_536_000) if _directory else not_found
