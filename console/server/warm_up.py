"""What a process needs for its first answer is made once, before threads would make it for themselves at once."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver


def warm_up() -> None:
    """Import the pages, and read their templates, which Django keeps."""
    get_resolver().url_patterns  # noqa: B018  # Reading it imports them.
    directory = Path(settings.BASE_DIR, "templates")
    for path in directory.rglob("*.html"):
        get_template(str(path.relative_to(directory)))
