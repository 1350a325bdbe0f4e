#!/bin/sh
# mypy 2.4.1 with django-stubs 6.1.2 reports an error that is in no file, until its cache is removed.
#
# Seen where a model's manager comes from `Manager.from_queryset` of an abstract base in another module:
# - The first run, and another one without a change, find nothing.
# - After a change of a function's signature in a module that the models import, the next run says that it cannot resolve the
#   related manager of a foreign key between two models of that module, and so does each run after it.
# - Without .mypy_cache the same files have no error.
# What renames code widely, such as a rebase, meets it often: remove the cache before you look for the cause.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mypy==2.4.1 django-stubs==6.1.2 django==5.2.19

mkdir shop
touch shop/__init__.py
cat >settings.py <<'PROGRAM'
SECRET_KEY = "any"
INSTALLED_APPS = ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROGRAM
cat >shop/kept.py <<'PROGRAM'
from typing import Any

from django.db import models


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that stay."""


class Kept(models.Model):
    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        abstract = True
PROGRAM
cat >shop/titles.py <<'PROGRAM'
def title() -> str:
    return "Untitled"
PROGRAM
cat >shop/models.py <<'PROGRAM'
from django.db import models

from shop.kept import Kept
from shop.titles import title


class Order(Kept):
    title = models.TextField(default=title)


class Line(Kept):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
PROGRAM
cat >mypy.ini <<'SETTINGS'
[mypy]
files = shop
plugins = mypy_django_plugin.main
[mypy.plugins.django-stubs]
django_settings_module = settings
SETTINGS

run() {
  venv/bin/mypy | sed -n "s/^/$1: /; 1p"
}
{
  run first
  run "without a change"
  sed -i 's/title()/title(number: int = 0)/' shop/titles.py
  run "after a change"
  run "once more"
  rm -rf .mypy_cache
  run "without the cache"
} | tee seen
cat >expected <<'SEEN'
first: Success: no issues found in 4 source files
without a change: Success: no issues found in 4 source files
after a change: shop/models.py:7: error: Couldn't resolve related manager 'lines' for relation 'shop.models.Line.order'.  [django-manager-missing]
once more: shop/models.py:7: error: Couldn't resolve related manager 'lines' for relation 'shop.models.Line.order'.  [django-manager-missing]
without the cache: Success: no issues found in 4 source files
SEEN
diff expected seen
