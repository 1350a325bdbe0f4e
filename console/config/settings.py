"""Settings: all from the environment, each with a default with which `make run` works on a fresh clone."""

import contextlib
import math
import os
import re
import secrets
import sys
import tempfile
from pathlib import Path

from django.utils.csp import CSP

from console.config.setting_names import read_names
from console.storage.data_directory import DEFAULT, data_directory, made
from console.storage.database import postgresql, sqlite

# As Django compares them: a name, one with all that are below it after a dot, an address, or * for any. It refuses
# requests for names with an underscore or other letters, and leaves out a dot at their end.
HOST_NAME = re.compile(r"\*|\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE | re.ASCII)
# What a key's id may be in AWS's API reference of STS (Credentials), and a secret in a configuration file.
ID_OF_KEY, SECRET_OF_KEY = re.compile(r"\w{1,128}", re.ASCII), re.compile(r"[!-~]+")
SHORTEST_SECRET = 50
BASE_DIR = Path(__file__).resolve().parent.parent.parent


def text(name: str, default: str = "") -> str:
    """Return an environment variable, or the default if it is unset or empty."""
    read_names.add(name)
    return os.environ.get(name) or default


def words(name: str) -> list[str]:
    """Return the words of an environment variable that are separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def host_names(name: str) -> list[str]:
    """Return the host names of an environment variable; stop with a sentence, which repeats none, if one cannot be."""
    found = words(name)
    for position, host in enumerate(found, 1):
        if not HOST_NAME.fullmatch(host):
            sys.exit(
                f"{name}: expected host names such as console.example.com, of letters, digits and hyphens in ASCII, "
                f"separated by commas, without scheme, port, path and a dot at the end; number {position} is none."
            )
    return found


def key_text(name: str, default: str, form: re.Pattern[str], words: str) -> str:
    """Return a part of an access key; stop with a sentence, which does not repeat it, if it has not the form."""
    found = text(name, default)
    if not form.fullmatch(found):
        sys.exit(f"{name}: expected {words}.")
    return found


def number(name: str, default: float, *, least: int = 0, most: int) -> float:
    """Return the number of an environment variable; stop with a sentence if it is not within its limits."""
    given = text(name, str(default))
    try:
        found = float(given)
    except ValueError:
        found = math.nan
    if least <= found <= most:
        return found
    sys.exit(f"{name}: expected a number from {least} to {most}; found {given}.")


def whole_number(name: str, default: int, *, most: int) -> int:
    """Return the whole number of an environment variable; stop with a sentence if it is none from 0 to `most`."""
    found = number(name, default, most=most)
    return int(found) if found.is_integer() else sys.exit(f"{name}: expected a whole number; found {found}.")


def flag(name: str, *, default: bool) -> bool:
    """Return whether an environment variable is 1, or the default if it is unset or empty; stop if it is neither."""
    given = text(name, str(int(default)))
    return given == "1" if given in ("0", "1") else sys.exit(f"{name}: expected 0 or 1; found {given}.")


def kept_secret(path: Path) -> str:
    """Return the secret that a file keeps; make the file, readable by its owner alone, if it is not there."""
    try:
        if not path.exists():
            # Written aside and linked, so that nobody ever reads half of it.
            with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
                file.write(secrets.token_urlsafe(50))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        found = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        # A crash may leave of a file what was never written to it.
        found = ""
    except OSError as error:
        sys.exit(
            f"{path} cannot be used ({error.strerror}). Set CONSOLE_SECRET_KEY, or name another CONSOLE_DATA_DIR."
        )
    if len(found.strip()) < SHORTEST_SECRET:
        sys.exit(f"{path} has no secret of {SHORTEST_SECRET} characters or more. Remove it, and a new one is made.")
    return found


CONSOLE_DATA_DIR = data_directory(Path(text("CONSOLE_DATA_DIR", str(DEFAULT))).resolve())

SECRET_KEY = text("CONSOLE_SECRET_KEY") or kept_secret(CONSOLE_DATA_DIR / "secret-key")
DEBUG = False
# See production.py.
CONSOLE_IS_PRODUCTION = False
OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")
ALLOWED_HOSTS = [*OWN_HOSTS, *host_names("CONSOLE_ALLOWED_HOSTS")]

# What may read /metrics from elsewhere; without it, only this machine may.
CONSOLE_METRICS_TOKEN = text("CONSOLE_METRICS_TOKEN")

# How long a page waits for AWS, with retries: for all that it reads, and as long again for all that it writes.
CONSOLE_AWS_SECONDS = number("CONSOLE_AWS_SECONDS", 20, least=1, most=300)
# How long it waits for a connection, of which there may be three in that time; and for an answer, before it takes the
# request for lost and sends it again. The local service's transport without a network gives up as late.
CONSOLE_CONNECT_SECONDS = min(3, CONSOLE_AWS_SECONDS / 4)
CONSOLE_READ_SECONDS = CONSOLE_AWS_SECONDS / 2

# Environments other than `local`: a TOML file.
CONSOLE_ENVIRONMENTS = text("CONSOLE_ENVIRONMENTS")

# The local service. Whether AWS clients reach the local service at /aws.
CONSOLE_LOCAL_HTTP = flag("CONSOLE_LOCAL_HTTP", default=True)
CONSOLE_LOCAL_ACCOUNT = "000000000000"
CONSOLE_LOCAL_REGION = "us-east-1"
CONSOLE_LOCAL_ACCESS_KEY_ID = key_text(
    "CONSOLE_LOCAL_ACCESS_KEY_ID",
    "AKIALOCALDEMOEXAMPLE",
    ID_OF_KEY,
    "1 to 128 letters, digits and underscores in ASCII",
)
CONSOLE_LOCAL_SECRET_ACCESS_KEY = key_text(
    "CONSOLE_LOCAL_SECRET_ACCESS_KEY", "local-demo-secret-key", SECRET_OF_KEY, "characters of ASCII without spaces"
)
# How long a dataset group or dataset takes until it is ACTIVE, and until it is gone; 0 for at once.
CONSOLE_LOCAL_CREATE_SECONDS = number("CONSOLE_LOCAL_CREATE_SECONDS", 1, most=24 * 60 * 60)
# AWS gives an account 5 in a region until more are asked for.
CONSOLE_LOCAL_MOST_DATASET_GROUPS = whole_number("CONSOLE_LOCAL_MOST_DATASET_GROUPS", 100, most=1_000_000)
# PutUsers calls a second and dataset group, as at AWS; 0 for any number.
CONSOLE_LOCAL_PUT_RATE = whole_number("CONSOLE_LOCAL_PUT_RATE", 10, most=1_000_000)

INSTALLED_APPS = [
    "console.config",
    "console.storage",
    "console.work",
    "console.server",
    "console.personalize",
    "console.submissions",
    "console.local",
    "console.people",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
]

MIDDLEWARE = [
    "console.pages.frame.middleware.request_ids.RequestIds",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # It compresses the pages; static files are compressed already. Against BREACH, which guesses a secret of a page by
    # how well the page compresses, Django pads what it compresses by a random length and masks the CSRF token anew in
    # each answer; and other sites cannot ask for pages with a session's cookie but by opening them.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "console.pages.frame.middleware.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "console.pages.frame.middleware.database_errors.DatabaseErrors",
    "console.pages.account.sign_in.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "console.pages.frame.error_pages.method_pages",
]

ROOT_URLCONF = "console.config.urls"
WSGI_APPLICATION = "console.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "console.pages.frame.middleware.request_ids.request_id",
                "console.pages.frame.shell.shell",
            ],
            "builtins": ["console.pages.frame.template_tags.icons", "console.pages.frame.template_tags.labels"],
        },
    },
]

_database_url = text("DATABASE_URL")
DATABASES = {"default": postgresql(_database_url) if _database_url else sqlite(CONSOLE_DATA_DIR)}

# Signing in: with a password, with an OpenID provider, or with either.
CONSOLE_PASSWORD_SIGN_IN = flag("CONSOLE_PASSWORD_SIGN_IN", default=True)
CONSOLE_OIDC_ISSUER = text("CONSOLE_OIDC_ISSUER")
CONSOLE_OIDC_CLIENT_ID = text("CONSOLE_OIDC_CLIENT_ID")
CONSOLE_OIDC_CLIENT_SECRET = text("CONSOLE_OIDC_CLIENT_SECRET")
CONSOLE_OIDC_LABEL = text("CONSOLE_OIDC_LABEL", "single sign-on")
CONSOLE_OIDC_SCOPES = text("CONSOLE_OIDC_SCOPES", "openid profile email")
CONSOLE_OIDC_GROUPS_CLAIM = text("CONSOLE_OIDC_GROUPS_CLAIM", "groups")
# The provider's groups: who operates, who administers, and who may sign in at all; without the last, everybody may.
CONSOLE_OIDC_OPERATORS = words("CONSOLE_OIDC_OPERATORS")
CONSOLE_OIDC_ADMINISTRATORS = words("CONSOLE_OIDC_ADMINISTRATORS")
CONSOLE_OIDC_ALLOWED = words("CONSOLE_OIDC_ALLOWED")
# A session ends with the way of signing in that began it.
AUTHENTICATION_BACKENDS = [
    *(["console.people.backends.PasswordBackend"] if CONSOLE_PASSWORD_SIGN_IN else []),
    *(["console.people.backends.ProviderBackend"] if CONSOLE_OIDC_ISSUER else []),
]
# Failures in a row that lock a person out who tries from one address; see console/people/lock_out.py.
CONSOLE_SIGN_IN_FAILURES = whole_number("CONSOLE_SIGN_IN_FAILURES", 5, most=1_000_000)
CONSOLE_LOCK_OUT_MINUTES = whole_number("CONSOLE_LOCK_OUT_MINUTES", 15, most=365 * 24 * 60)
# A session ends so long after signing in, and so long after the last request.
CONSOLE_SESSION_HOURS = number("CONSOLE_SESSION_HOURS", 12, most=24 * 365)
CONSOLE_SESSION_IDLE_HOURS = number("CONSOLE_SESSION_IDLE_HOURS", 2, most=24 * 365)

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "console.pages.account.form_expired.form_expired"
# The first one hashes. A password that another has hashed is hashed anew when its person signs in.
PASSWORD_HASHERS = ["console.people.hashers.Argon2idHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# What browsers let the pages use of a person's machine: nothing but the clipboard, which the buttons Copy write to.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "autoplay": [],
    "camera": [],
    "clipboard-read": [],
    "display-capture": [],
    "encrypted-media": [],
    "fullscreen": [],
    "geolocation": [],
    "gyroscope": [],
    "hid": [],
    "idle-detection": [],
    "local-fonts": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "picture-in-picture": [],
    "publickey-credentials-get": [],
    "screen-wake-lock": [],
    "serial": [],
    "storage-access": [],
    "usb": [],
    "xr-spatial-tracking": [],
    "clipboard-write": ["self"],
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "console.people.sessions"
SESSION_COOKIE_AGE = math.ceil(CONSOLE_SESSION_HOURS * 60 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Of somebody who is signed in; others send little: see console/server/http/bounds.py. A record input of 400,000
# characters takes 4.8 MB in a form where each character takes twelve bytes, as emoji do, and one that is a little too
# long is to be answered with a problem, not with an error page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# The form has two fields for each field of a schema, in each of ten cards.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# No page takes a file.
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []

# Indexes have more columns on PostgreSQL, which then reads the index alone. SQLite does without.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = made(CONSOLE_DATA_DIR / "static")
# Django opens what it collects to everybody else.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "console.config.static_files.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LOGGERS = {
    # botocore logs whole requests at DEBUG, and their properties are sensitive.
    "botocore": {"level": "WARNING"},
    "boto3": {"level": "WARNING"},
    "console": {"level": "INFO"},
    # Nobody reads a line for each request of a demo.
    "console.requests": {"level": "WARNING"},
    # An answer of 400 to 499 is the visitor's affair, and the pages and the local service say what it is.
    "django.request": {"level": "ERROR"},
    "django.security": {"level": "CRITICAL"},
    # A form of another site, or one that was open for too long.
    "django.security.csrf": {"level": "WARNING"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "console.config.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": LOGGERS,
}
