"""Static files are named by their contents, compressed, and kept for good; pages preload the modules they run."""

import gzip
import json
import posixpath
import re
import shutil
import urllib.request
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.server.static_files import collect_static_files
from tests.support.served import ROOT, Served

STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
WITH_MODULES = sorted(
    str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if 'type="module"' in path.read_text()
)
IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*["']([^"']+)["'];$""", re.MULTILINE)


def test_pages_load_files_that_browsers_keep_for_good(served: Served) -> None:
    with urllib.request.urlopen(f"{served.url}/sign-in/") as page:
        html = page.read().decode()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert len(addresses) == 22
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
    # One file for all of them, which take seconds.
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "page.css").write_text("body { margin: 0 }")
    manifest = tmp_path / "static" / "staticfiles.json"
    collect_static_files()
    made = manifest.stat().st_mtime_ns
    collect_static_files()
    assert manifest.stat().st_mtime_ns == made
    shutil.rmtree(tmp_path / "static")
    collect_static_files()
    assert manifest.exists()


def modules_below(name: str) -> set[str]:
    """Return a module, and all that it imports, by their paths in static/."""
    found, left = set(), [name]
    while left:
        module = left.pop()
        if module not in found:
            found.add(module)
            imported = IMPORT.findall((STATIC / module).read_text())
            left += [posixpath.normpath(posixpath.join(posixpath.dirname(module), each)) for each in imported]
    return found


@pytest.mark.parametrize("template", WITH_MODULES)
def test_a_page_preloads_each_module_that_its_scripts_import(template: str) -> None:
    """One that is missing would be asked for only when those that import it have come."""
    html = (TEMPLATES / template).read_text()
    [script] = re.findall(r"""<script src="{% static '([\w/]+\.js)' %}" type="module">""", html)
    preloaded = re.findall(r"""<link rel="modulepreload" href="{% static '([\w/]+\.js)' %}">""", html)
    of_every_page = set() if template == "frame/base.html" else modules_below("frame/console.js")
    assert sorted(preloaded) == sorted(modules_below(script) - {script} - of_every_page)


def test_each_module_imports_others_by_the_names_that_they_are_served_by(settings: LazySettings) -> None:
    collected = Path(settings.STATIC_ROOT)
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    own = {name: collected / names[name] for name in names if name.endswith(".js") and "vendor" not in name}
    assert {Path(name).stem for name in own} >= {"console", "record_input", "drafts"}
    imports = [(path, address) for path in own.values() for address in IMPORT.findall(path.read_text())]
    assert len(imports) >= 25
    for path, address in imports:
        assert re.search(r"\.[0-9a-f]{12}\.js$", address), (path, address)
        assert path.parent.joinpath(address).is_file(), (path, address)
