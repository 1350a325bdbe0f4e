"""Static files are joined, named by their contents, compressed, and kept for good."""

import gzip
import re
import shutil
import urllib.request
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.config.joining import JoiningError, joined_scripts, joined_styles
from console.config.static_files import SCRIPTS as SCRIPTS_OF_PAGES
from console.config.static_files import collect_static_files
from tests.support.served import ROOT, Served

STYLES = {
    "css/all.css": '/* All. */\n@import url("one.css");\n@import url("../vendor/two.css");\np { color: red; }\n',
    "css/one.css": 'a { background: url("../picture.png"); }\n',
    "vendor/two.css": 'b { background: url("./picture.png"); }\ni { background: url("data:image/png,x"); }\n',
}
SCRIPTS = {
    "main.js": 'import "./side.js";\nimport { one, TWO } from "./parts/numbers.js";\n\nconsole.log(one(), TWO);\n',
    "side.js": 'import { one } from "./parts/numbers.js";\none();\n',
    "parts/numbers.js": "const hidden = 1;\nexport function one() {\n  return hidden;\n}\nexport const TWO = 2;\n",
}


def test_styles_stand_where_they_are_imported_and_find_their_pictures() -> None:
    assert joined_styles("css/all.css", STYLES.__getitem__) == (
        '/* All. */\na { background: url("../picture.png"); }\n'
        'b { background: url("../vendor/picture.png"); }\ni { background: url("data:image/png,x"); }\n'
        "p { color: red; }\n"
    )


def test_a_script_stands_once_and_before_those_that_import_it() -> None:
    assert joined_scripts("main.js", SCRIPTS.__getitem__) == (
        "const module0 = (() => {\nconst hidden = 1;\nfunction one() {\n  return hidden;\n}\nconst TWO = 2;\n\n"
        "return { one, TWO };\n})();\n"
        "const module1 = (() => {\nconst { one } = module0;\none();\n\nreturn {  };\n})();\n"
        "const module2 = (() => {\n\nconst { one, TWO } = module0;\n\nconsole.log(one(), TWO);\n\nreturn {  };\n})();\n"
    )


@pytest.mark.parametrize(
    "line",
    ['import all from "./side.js";', "export default 1;", "export { one };", 'import { a as b } from "./side.js"'],
)
def test_refuses_a_module_that_it_does_not_understand(line: str) -> None:
    with pytest.raises(JoiningError, match=r"^main\.js: this cannot be joined: "):
        joined_scripts("main.js", {**SCRIPTS, "main.js": f"{line}\n"}.__getitem__)


def test_refuses_a_circle() -> None:
    files = {"one.js": 'import "./two.js";\n', "two.js": 'import "./one.js";\n'}
    with pytest.raises(JoiningError, match=r"^one\.js imports itself, by way of two\.js\.$"):
        joined_scripts("one.js", files.__getitem__)


def test_refuses_a_style_sheet_that_is_imported_otherwise() -> None:
    with pytest.raises(JoiningError, match=r"^css/all\.css: this cannot be joined: @import 'one\.css';$"):
        joined_styles("css/all.css", {**STYLES, "css/all.css": "@import 'one.css';\n"}.__getitem__)


def test_pages_load_files_that_browsers_keep_for_good(served: Served) -> None:
    with urllib.request.urlopen(f"{served.url}/sign-in/") as page:
        html = page.read().decode()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert len(addresses) == 5
    for address in addresses:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address)
        asked = urllib.request.Request(f"{served.url}{address}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            if not address.endswith(".woff2"):
                assert answer.headers["Content-Encoding"] == "gzip"
                assert gzip.decompress(answer.read())


def test_what_was_collected_is_collected_anew_where_it_is_not_there(settings: LazySettings, tmp_path: Path) -> None:
    settings.STATIC_ROOT, settings.CONSOLE_DATA_DIR = tmp_path / "static", tmp_path
    manifest = tmp_path / "static" / "staticfiles.json"
    collect_static_files()
    made = manifest.stat().st_mtime_ns
    collect_static_files()
    assert manifest.stat().st_mtime_ns == made
    shutil.rmtree(tmp_path / "static")
    collect_static_files()
    assert manifest.exists()


def test_every_script_of_a_page_that_imports_others_is_joined() -> None:
    """One that is not would import names that are not served."""
    loaded = {
        name
        for template in ROOT.glob("templates/**/*.html")
        for name in re.findall(r"{% static '([\w/]+\.js)' %}", template.read_text())
    }
    importing = {name for name in loaded if re.search("^import ", (ROOT / "static" / name).read_text(), re.MULTILINE)}
    assert importing == set(SCRIPTS_OF_PAGES)
