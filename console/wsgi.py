"""The console as a WSGI application: the local service at /aws, and the pages at all other addresses."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
pages = get_wsgi_application()

# The local service's models can be imported only when Django is set up.
from console.local.doors import http_door  # noqa: E402
from console.management.end_with_server import end_with_server  # noqa: E402

end_with_server()
application = http_door(pages)
