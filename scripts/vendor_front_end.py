"""Brings the front-end files that the console serves into static/vendor, from npm's registry.

Run it again after changing a version below. Each folder is named for its package and version, and has its licence.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
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
}
REFERENCE = re.compile(r"url\(\"?(?!data:)([^\")]+)\"?\)")


def vendor(name: str, version: str, files: list[str]) -> None:
    """Replace a package's folder by the files of a version."""
    with tempfile.TemporaryDirectory() as directory:
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        packed = subprocess.run(command, cwd=directory, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(Path(directory) / packed) as archive:
            archive.extractall(directory, filter="data")
        for old in VENDOR.glob(f"{name}-*"):
            shutil.rmtree(old)
        target = VENDOR / f"{name}-{version}"
        target.mkdir(parents=True)
        for file in files:
            source = Path(directory) / "package" / file
            shutil.copyfile(source, target / source.name)
            if source.suffix == ".css":
                copy_references(source, target)


def copy_references(style_sheet: Path, target: Path) -> None:
    """Copy the files beside a style sheet that it refers to."""
    for reference in REFERENCE.findall(style_sheet.read_text()):
        shutil.copyfile(style_sheet.parent / reference, target / Path(reference).name)


def main() -> None:
    """Vendor every package."""
    for name, (version, files) in PACKAGES.items():
        vendor(name, version, files)
        print(f"{name} {version}")


if __name__ == "__main__":
    main()
