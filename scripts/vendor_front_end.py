"""Brings the front-end files that the console serves into static/vendor, from npm's registry.

Run it again after changing a version below. Each folder is named for its package and version, and has its licence.
Some are made of a package's files rather than copied: the style sheet of tokens, the files of the fonts, which are
published inside a style sheet, ace.js, which has the other parts of Ace in it, and ace.css, which has its pictures.
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
ACE = "ace-builds"
DESIGN_TOKENS, GLOBAL_STYLES = "@cloudscape-design/design-tokens", "@cloudscape-design/global-styles"
# Each package: its version, and the files that are served.
PACKAGES = {
    ACE: (
        "1.45.2",
        [
            "LICENSE",
            "css/ace.css",
            "css/theme/cloud_editor.css",
            "css/theme/cloud_editor_dark.css",
            "src-min-noconflict/ext-searchbox.js",
        ],
    ),
    DESIGN_TOKENS: ("3.0.110", ["LICENSE", "NOTICE"]),
    # Open Sans has the SIL Open Font License, which the file of third-party licences holds.
    GLOBAL_STYLES: ("1.0.67", ["LICENSE", "NOTICE", "THIRD-PARTY-LICENSES.txt"]),
}
# The parts of Ace that its page loads at once, in one file: each would be a request of its own.
ACE_PARTS = ("ace", "mode-json", "theme-cloud_editor", "theme-cloud_editor_dark", "ext-language_tools")
# The weights of Open Sans that the styles use, without italics.
FONT_WEIGHTS = (400, 700)
REFERENCE = re.compile(r"url\(\"?(?!data:)([^\")]+)\"?\)")
PICTURE_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}
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
            if source.suffix == ".css":
                (target / source.name).write_text(with_pictures(source))
            else:
                shutil.copyfile(source, target / source.name)
        if name == ACE:
            parts = [(package / "src-min-noconflict" / f"{each}.js").read_text() for each in ACE_PARTS]
            (target / "ace.js").write_text("\n".join(parts))
        if name == DESIGN_TOKENS:
            tokens = tokens_css(package / "index-visual-refresh.json", version)
            (STATIC / "frame" / "tokens.css").write_text(tokens)
        if name == GLOBAL_STYLES:
            write_fonts((package / "index.css").read_text(), target)


def with_pictures(style_sheet: Path) -> str:
    """Return a style sheet with the pictures in it that it refers to: they are tiny, and each would be a request."""

    def as_data(found: re.Match[str]) -> str:
        picture = style_sheet.parent / found[1]
        data = base64.b64encode(picture.read_bytes()).decode()
        return f'url("data:{PICTURE_TYPES[picture.suffix]};base64,{data}")'

    return REFERENCE.sub(as_data, style_sheet.read_text())


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
