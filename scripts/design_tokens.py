"""Makes static/frame/tokens.css from Cloudscape's published design tokens: those that the console's styles use."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

# Which tokens are kept: patterns of names, one a line.
KEPT = Path(__file__).with_suffix(".txt").read_text().split()
# The editor's frame has colours of its own, which are not among the published tokens; their sources are Cloudscape's.
OTHERS = {
    "color-background-code-editor-gutter": ("#f3f3f7", "#1b232d"),
    "color-border-code-editor": ("#dedee3", "#656871"),
}
HEADING = """\
/* Made by scripts/design_tokens.py, which `make vendor` runs, from @cloudscape-design/design-tokens {version}.
   Copyright Amazon.com, Inc. or its affiliates. Licensed under the Apache License, Version 2.0: see the folder
   vendor/cloudscape-design-design-tokens-{version}. Changed: a selection, written as custom properties, with texts
   in rem. A colour follows the color-scheme of the element that it is used on. */
"""


def tokens_css(published: Path, version: str) -> str:
    """Return the style sheet of custom properties for the published index-visual-refresh.json."""
    tokens = json.loads(published.read_text())["tokens"]
    kept = {name: token["$value"] for name, token in tokens.items() if any(fnmatch(name, each) for each in KEPT)}
    plain = {name: _plain(name, value) for name, value in kept.items()}
    plain |= {name: f"light-dark({light}, {dark})" for name, (light, dark) in OTHERS.items()}
    compact = {name: value["compact"] for name, value in kept.items() if _differs(value, "comfortable", "compact")}
    still = {name: value["disabled"] for name, value in kept.items() if _differs(value, "default", "disabled")}
    return (
        HEADING.format(version=version)
        + _rule(":root", plain)
        + _rule(':root[data-density="compact"]', compact)
        + f"@media (prefers-reduced-motion: reduce) {{\n{_rule(':root', still)}}}\n"
    )


def _plain(name: str, value: Any) -> str:
    """Return a value as it stands in the first rule: both colours, the comfortable density, motion as it is."""
    if isinstance(value, str):
        return _in_rem(value) if name.startswith(("font-size", "line-height")) else value
    if "light" in value:
        same = value["light"] == value["dark"] or not name.startswith("color")
        return str(value["light"]) if same else f"light-dark({value['light']}, {value['dark']})"
    return str(value.get("comfortable") or value["default"])


def _in_rem(value: str) -> str:
    """Return a size that follows the size of text that a person has chosen in the browser."""
    return re.sub(r"^(\d+)px$", lambda found: f"{int(found[1]) / 16:g}rem", value)


def _differs(value: Any, one: str, other: str) -> bool:
    return isinstance(value, dict) and one in value and value[one] != value[other]


def _rule(selector: str, properties: dict[str, str]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in sorted(properties.items()))
    return f"{selector} {{\n{lines}}}\n"
