"""The console as `serve` runs it: WSGI's application with buffers, so that slow clients do not block its threads.

Beside it, what a process of the server does as long as it lives, and other programs that answer requests do not.
"""

from functools import partial

from django.conf import settings

# It sets up Django, which what is below needs.
from console.config.wsgi import application as wsgi_application

from console.pages.frame.registry import takes_long_forms  # isort: skip
from console.pages.frame.uploads import longest_upload, may_upload  # isort: skip
from console.server import memory, sizes  # isort: skip
from console.server.http.bounds import Addresses, asked_bound, first_bound, largest_bound  # isort: skip
from console.server.http.buffered import Bounds, Buffered  # isort: skip
from console.server.end_with_server import end_with_server  # isort: skip
from console.server.ending import end_when_told  # isort: skip
from console.server.warm_up import warm_up  # isort: skip
from console.storage.database import wait_briefly  # isort: skip
from console.storage.open_database import keep_open  # isort: skip
from console.storage.same_file import insist_on_same_file  # isort: skip
from console.submissions.recording import keep_settling, settle_before_end  # isort: skip

insist_on_same_file(settings.DATABASES["default"], is_open=keep_open(settings.DATABASES["default"]))
wait_briefly()
keep_settling()
memory.give_back_early()
warm_up()
end_with_server()
addresses = Addresses(takes_long_forms, longest_upload, may_upload)
application = Buffered(
    wsgi_application,
    Bounds(first_bound, partial(largest_bound, addresses), partial(asked_bound, addresses)),
    settings.CONSOLE_DATA_DIR,
    sizes.threads(),
)
end_when_told(application.under_way, settle_before_end)
