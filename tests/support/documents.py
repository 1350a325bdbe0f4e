"""The documents of the repository as tests read them: their texts, sections, blocks of code and links."""

import re
from pathlib import Path

from tests.support.served import ROOT

DOCUMENTS = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "pytest-personalize-local/README.md")),
    *sorted(ROOT.glob("docs/*.md")),
)
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def text_of(name: str) -> str:
    """Return the text of a document, by its path from the root of the repository."""
    return (ROOT / name).read_text()


def section(name: str, heading: str) -> str:
    """Return what stands in a document below a heading of the second level, up to the next one of that level."""
    _before, found, rest = text_of(name).partition(f"\n## {heading}\n")
    assert found, f"{name} has no section {heading}."
    return rest.partition("\n## ")[0]


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code in a language."""
    return [code for each, code in FENCED.findall(text) if each == language]


def prose(text: str) -> str:
    """Return a text without its blocks of code."""
    return FENCED.sub("", text)


def anchors(path: Path) -> set[str]:
    """Return what links may name in a document: its headings, in lower case with hyphens for spaces."""
    headings = HEADING.findall(prose(path.read_text()))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def documented_settings() -> set[str]:
    """Return the names of the settings that docs/settings.md has a row for."""
    return set(re.findall(r"^\| `([A-Z_]+)`", text_of("docs/settings.md"), re.MULTILINE))
