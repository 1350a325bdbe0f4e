"""Settings of the tests: the console's own, without what the machine's environment may say."""

import os
import tempfile

for _name in [name for name in os.environ if name.startswith(("AWS_", "CONSOLE_")) and name != "AWS_CA_BUNDLE"]:
    if not _name.startswith(("CONSOLE_TEST_", "CONSOLE_BENCH_")):
        del os.environ[_name]
# The tests of this process run on SQLite, or on the PostgreSQL that they are given; see tests/support/postgresql.py.
os.environ["DATABASE_URL"] = os.environ.get("CONSOLE_TEST_DATABASE_URL", "")
_data = tempfile.TemporaryDirectory(prefix="console-tests-")
os.environ["CONSOLE_DATA_DIR"] = _data.name
# Playwright's event loop runs in the thread of the tests, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from console.config.settings import *  # noqa: E402, F403
from tests.support.served import COLLECTED, STATIC  # noqa: E402

# Collected when the tests begin, and only where they changed since the last time.
STATIC_ROOT = COLLECTED / STATIC
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Passwords are hashed for each test that signs in; the slow hash is Django's to test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"
MIDDLEWARE = [
    # Whatever is answered is searched for what it may not hold.
    "tests.support.secrecy.search_answers",
    *("tests.support.static_files.FilesOnce" if each == WHITENOISE else each for each in MIDDLEWARE),  # noqa: F405
]

# Tests do not wait for the local service; those of its stages and of its rate set their own.
CONSOLE_LOCAL_CREATE_SECONDS = 0
CONSOLE_LOCAL_PUT_RATE = 0
CONSOLE_LOCAL_EVENT_RATE = 0
