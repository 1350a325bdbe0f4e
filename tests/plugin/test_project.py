"""The plugin in a project as others have it: Django 5.2, a package `console`, settings of its own, and pytest-xdist."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.documents import blocks, section, text_of
from tests.support.installed import Installed, build_wheel, pinned
from tests.support.numbers import whole
from tests.support.served import ROOT

PLUGIN = ROOT / "pytest-personalize-local"
OF_THE_PRODUCT = {"personalize-console", "botocore", "jsonschema", "granian", "avro"}
CONFIGURATION = """
[pytest]
DJANGO_SETTINGS_MODULE = shop.settings
pythonpath = .
personalize_local_requirement = {wheel}
"""
SETTINGS = """
SECRET_KEY = "secret"
INSTALLED_APPS = ["console"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
OWN_TESTS = """
import sys

import console
import django
from django.conf import settings


def test_the_project_has_its_own_packages(personalize_local, settings):
    assert console.OURS
    assert django.VERSION[:2] == (5, 2)
    assert settings.INSTALLED_APPS == ["console"]
    assert not [name for name in sys.modules if name.startswith(("console.", "granian"))]


def test_names_are_free(personalize_local):
    control = personalize_local.boto3_client("personalize")
    control.create_dataset_group(name="shop")
    assert len(control.list_dataset_groups()["datasetGroups"]) == 1


test_names_are_free_again = test_names_are_free
"""


@pytest.fixture
def project(tmp_path: Path) -> Installed:
    """A project in a virtual environment with the plugin, and with a wheel of the product beside it."""
    for name in ("wheel", "plugin", "home", "folder"):
        (tmp_path / name).mkdir()
    wheel, plugin = build_wheel(tmp_path / "wheel"), build_wheel(tmp_path / "plugin", PLUGIN)
    made = Installed(tmp_path / "environment", tmp_path / "home", tmp_path / "folder")
    subprocess.run([sys.executable, "-m", "venv", str(made.environment)], check=True)
    pins = tmp_path / "constraints.txt"
    pins.write_text("".join(f"{name}=={version}\n" for name, version in pinned("test") if name != "django"))
    made.pip(
        "install",
        "--quiet",
        f"--constraint={pins}",
        "django==5.2",
        "pytest-django",
        "pytest-xdist",
        "moto[s3]",
        f"{plugin}[boto3]",
    )
    files = {
        "pytest.ini": CONFIGURATION.format(wheel=wheel),
        "shop/__init__.py": "",
        "shop/settings.py": SETTINGS,
        "console/__init__.py": "OURS = True\n",
        "test_own.py": OWN_TESTS,
    }
    for name, content in files.items():
        (made.folder / name).parent.mkdir(exist_ok=True)
        (made.folder / name).write_text(content)
    return made


@whole
def test_the_documents_examples_pass_in_a_project_with_another_django(project: Installed, tmp_path: Path) -> None:
    (documented,) = blocks(section("docs/local-service.md", "In your tests"), "python")
    examples = blocks(text_of("pytest-personalize-local/README.md"), "python")
    assert examples[0] == documented
    assert len(examples) == 4
    for number, example in enumerate(examples):
        (project.folder / f"test_example_{number}.py").write_text(example)
    packages = {each["name"].lower() for each in json.loads(project.pip("list", "--format=json"))}
    assert not packages & (OF_THE_PRODUCT - {"botocore"})

    pins = tmp_path / "of_the_service.txt"
    pins.write_text("".join(f"{name}=={version}\n" for name, version in pinned("run")))
    variables = {**project.variables, "PIP_CONSTRAINT": str(pins), "PYTHONPATH": str(project.folder)}
    command = [project.command("python"), "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    done = subprocess.run(command, env=variables, cwd=project.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^7 passed", done.stdout, re.MULTILINE)
    cache = project.home / ".cache/pytest-personalize-local"
    assert len([path for path in cache.iterdir() if path.is_dir()]) == 1
