"""Brings the front-end files that the console serves into static/vendor, from npm's registry.

Run it again after changing a version below. Each folder is named for its package and version, and has its licence.
What is made of a package's files, rather than copied, says so: the style sheet of tokens, and the files of the fonts,
which are published inside a style sheet.
"""

import base64
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from scripts.design_tokens import tokens_css

STATIC = Path(__file__).resolve().parent.parent / "static"
VENDOR = STATIC / "vendor"
DESIGN_TOKENS, GLOBAL_STYLES = "@cloudscape-design/design-tokens", "@cloudscape-design/global-styles"
# Each package: its version, and the files that are served. What a style sheet refers to comes along.
PACKAGES = {
    "ace-builds": (
        "1.45.2",
        [
            "LICENSE",
            "css/ace.css",
            "css/theme/cloud_editor.css",
            "css/theme/cloud_editor_dark.css",
            "src-min-noconflict/ace.js",
            "src-min-noconflict/ext-language_tools.js",
            "src-min-noconflict/ext-searchbox.js",
            "src-min-noconflict/mode-json.js",
            "src-min-noconflict/theme-cloud_editor.js",
            "src-min-noconflict/theme-cloud_editor_dark.js",
        ],
    ),
    DESIGN_TOKENS: ("3.0.110", ["LICENSE", "NOTICE"]),
    # Open Sans has the SIL Open Font License, which the file of third-party licences holds.
    GLOBAL_STYLES: ("1.0.67", ["LICENSE", "NOTICE", "THIRD-PARTY-LICENSES.txt"]),
}
# The weights of Open Sans that the styles use, without italics.
FONT_WEIGHTS = (400, 700)
REFERENCE = re.compile(r"url\(\"?(?!data:)([^\")]+)\"?\)")
FONT_FACE = re.compile(r"@font-face\s*{(.*?)}", re.DOTALL)
FONT_DATA = re.compile(r"data:font/woff2[^,]*base64,([A-Za-z0-9+/=]+)")


def vendor(name: str, version: str, files: list[str]) -> None:
    """Replace a package's folder by the files of a version, and by what is made of them."""
    with tempfile.TemporaryDirectory() as directory:
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        packed = subprocess.run(command, cwd=directory, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(Path(directory) / packed) as archive:
            archive.extractall(directory, filter="data")
        package = Path(directory) / "package"
        folder = name.removeprefix("@").replace("/", "-")
        for old in VENDOR.glob(f"{folder}-*"):
            shutil.rmtree(old)
        target = VENDOR / f"{folder}-{version}"
        target.mkdir(parents=True)
        for file in files:
            source = package / file
            shutil.copyfile(source, target / source.name)
            if source.suffix == ".css":
                copy_references(source, target)
        if name == DESIGN_TOKENS:
            tokens = tokens_css(package / "index-visual-refresh.json", version)
            (STATIC / "css" / "tokens.css").write_text(tokens)
        if name == GLOBAL_STYLES:
            write_fonts((package / "index.css").read_text(), target)


def copy_references(style_sheet: Path, target: Path) -> None:
    """Copy the files beside a style sheet that it refers to."""
    for reference in REFERENCE.findall(style_sheet.read_text()):
        shutil.copyfile(style_sheet.parent / reference, target / Path(reference).name)


def write_fonts(style_sheet: str, target: Path) -> None:
    """Write the fonts that a style sheet holds as data to files, which the content security policy allows."""
    for weight in FONT_WEIGHTS:
        (font,) = [face for face in FONT_FACE.findall(style_sheet) if _is_upright(face, weight)]
        (data,) = FONT_DATA.findall(font)
        (target / f"open-sans-{weight}.woff2").write_bytes(base64.b64decode(data))


def _is_upright(face: str, weight: int) -> bool:
    return f"font-weight: {weight};" in face and "font-style: normal;" in face


def main() -> None:
    """Vendor every package."""
    for name, (version, files) in PACKAGES.items():
        vendor(name, version, files)
        print(f"{name} {version}")


if __name__ == "__main__":
    main()
