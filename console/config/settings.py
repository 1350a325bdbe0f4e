"""Settings: all from the environment, each with a default with which `make run` works on a fresh clone."""

import math
import re
from pathlib import Path

from django.utils.csp import CSP

from console.local import defaults
from console.output.logging_in_lines import logging_in_lines
from console.storage import places
from console.storage.data_directory import DEFAULT, data_directory, made
from console.storage.database import postgresql, sqlite
from console.storage.kept_secret import kept_secret
from console.variables.variables import flag, host_names, key_text, number, text, time_zone, whole_number, words

# A key's id as AWS's API reference of STS (Credentials) has it, and a secret as a configuration file can hold it.
ID_OF_KEY, SECRET_OF_KEY = re.compile(r"\w{1,128}", re.ASCII), re.compile(r"[!-~]+")

CONSOLE_DATA_DIR = data_directory(Path(text("CONSOLE_DATA_DIR", str(DEFAULT))).resolve())

SECRET_KEY = text("CONSOLE_SECRET_KEY") or kept_secret(
    CONSOLE_DATA_DIR / "secret-key", "Set CONSOLE_SECRET_KEY, or name another CONSOLE_DATA_DIR."
)
DEBUG = False
# See production.py.
CONSOLE_IS_PRODUCTION = False
OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")
ALLOWED_HOSTS = [*OWN_HOSTS, *host_names("CONSOLE_ALLOWED_HOSTS")]

# The token that allows reading /metrics from other machines; without it, only this machine may.
CONSOLE_METRICS_TOKEN = text("CONSOLE_METRICS_TOKEN")

# How long a page waits for AWS, with retries: for all that it reads, and as long again for all that it writes.
CONSOLE_AWS_SECONDS = number("CONSOLE_AWS_SECONDS", 20, least=1, most=300)
# How long it waits for a connection, of which there may be three in that time; and for an answer, before it takes the
# request for lost and sends it again. The local service's transport without a network gives up as late.
CONSOLE_CONNECT_SECONDS = min(3, CONSOLE_AWS_SECONDS / 4)
CONSOLE_READ_SECONDS = CONSOLE_AWS_SECONDS / 2

# Environments other than `local`: a TOML file.
CONSOLE_ENVIRONMENTS = text("CONSOLE_ENVIRONMENTS")

# Imports from files: a directory that all machines share, for uploaded files, and after how many days the rows of an
# import go. Without a directory, files are in the database, with SQLite in the data directory.
CONSOLE_IMPORT_DIR = text("CONSOLE_IMPORT_DIR")
CONSOLE_IMPORT_DAYS = number("CONSOLE_IMPORT_DAYS", 30, least=1, most=3650)

# The time zone of those who chose none in Settings, by a name of the IANA's database.
CONSOLE_TIME_ZONE = time_zone("CONSOLE_TIME_ZONE", "GMT")

# After how many days the addresses that people came from are removed from Activity.
CONSOLE_ACTIVITY_ADDRESS_DAYS = number("CONSOLE_ACTIVITY_ADDRESS_DAYS", 400, least=1, most=36_500)

# The local service. Whether AWS clients reach the local service at /aws.
CONSOLE_LOCAL_HTTP = flag("CONSOLE_LOCAL_HTTP", default=True)
# Whether programs that have its token reset it, read its records back and simulate responses, below /aws/_local/.
CONSOLE_LOCAL_CONTROLS = flag("CONSOLE_LOCAL_CONTROLS", default=False)
CONSOLE_LOCAL_ACCOUNT = defaults.ACCOUNT
CONSOLE_LOCAL_REGION = defaults.REGION
CONSOLE_LOCAL_ACCESS_KEY_ID = key_text(
    "CONSOLE_LOCAL_ACCESS_KEY_ID",
    "AKIALOCALDEMOEXAMPLE",
    ID_OF_KEY,
    "1 to 128 letters, digits and underscores in ASCII",
)
CONSOLE_LOCAL_SECRET_ACCESS_KEY = key_text(
    "CONSOLE_LOCAL_SECRET_ACCESS_KEY",
    defaults.SECRET_ACCESS_KEY,
    SECRET_OF_KEY,
    "characters of ASCII without spaces",
)
# How long a dataset group or dataset takes until it is ACTIVE, and until it is gone; 0 for at once.
CONSOLE_LOCAL_CREATE_SECONDS = number("CONSOLE_LOCAL_CREATE_SECONDS", 1, most=24 * 60 * 60)
CONSOLE_LOCAL_MOST_DATASET_GROUPS = whole_number(
    "CONSOLE_LOCAL_MOST_DATASET_GROUPS", defaults.MOST_DATASET_GROUPS, most=1_000_000
)
# Calls of PutUsers, PutItems and PutActions a second and dataset group, as at AWS; 0 for any number.
CONSOLE_LOCAL_PUT_RATE = whole_number("CONSOLE_LOCAL_PUT_RATE", 10, most=1_000_000)
# The same of PutEvents and PutActionInteractions; of the latter no document says how many.
CONSOLE_LOCAL_EVENT_RATE = whole_number("CONSOLE_LOCAL_EVENT_RATE", 1000, most=1_000_000)
# Whether a signature may have any time, as those of tests that set their clock: `personalize-local` has an option.
CONSOLE_LOCAL_ANY_TIME = False

INSTALLED_APPS = [
    "console.config",
    "console.storage",
    "console.work",
    "console.server",
    "console.personalize",
    "console.submissions",
    "console.activity",
    "console.bulk",
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
    "console.activity.recording.remember_request",
    "console.pages.frame.zones.remember_zone",
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
        "DIRS": [places.TEMPLATES],
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
            "libraries": {
                "field_rows": "console.pages.datasets.field_rows",
                "words_of_people": "console.people.words_of_people",
                "sent_in_short": "console.pages.submissions.sent_in_short",
                "zone_options": "console.pages.account.zone_options",
            },
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
# A link by which somebody sets a password can be used for so long.
CONSOLE_LINK_HOURS = number("CONSOLE_LINK_HOURS", 72, most=24 * 30)
PASSWORD_RESET_TIMEOUT = math.ceil(CONSOLE_LINK_HOURS * 60 * 60)

SESSION_ENGINE = "console.people.sessions"
SESSION_COOKIE_AGE = math.ceil(CONSOLE_SESSION_HOURS * 60 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

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
# Browser features that pages may use: only the clipboard, for the Copy buttons.
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

# For people who are signed in; others send little (console/server/http/bounds.py). Record input of 400,000 characters
# takes 4.8 MB in a form at twelve bytes per character, as for emoji, and input slightly above the limit should get a
# problem on the page, not an error page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# The form has two fields for each field of a schema, in each of ten cards.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# A page that takes a file sets a handler of its own: see console/pages/frame/uploads.py.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["console.server.http.files.NoFiles"]

# Indexes have more columns on PostgreSQL, which then reads the index alone. SQLite does without.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [places.STATIC]
STATIC_ROOT = made(CONSOLE_DATA_DIR / "static")
# Django opens what it collects to everybody else.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "console.server.static_files.StaticFilesStorage"},
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
LOGGING = logging_in_lines(LOGGERS)
