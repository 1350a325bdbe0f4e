"""The console as a WSGI application: the pages, and where the settings say so the local service and its controls."""

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.config.settings")
django.setup(set_prefix=False)

# These imports need Django to be set up.
from console.local.controls.application import with_controls  # noqa: E402
from console.local.http.endpoints import http_endpoint  # noqa: E402
from console.server.http.content_type import with_plain_content_types  # noqa: E402
from console.server.http.long_forms import Handler  # noqa: E402
from console.server.static_files import collect_static_files  # noqa: E402

# Before the pages, which look at what was collected when they begin.
collect_static_files()
pages = with_plain_content_types(Handler())
application = http_endpoint(pages) if settings.CONSOLE_LOCAL_HTTP else pages
if settings.CONSOLE_LOCAL_CONTROLS:
    application = with_controls(application)
