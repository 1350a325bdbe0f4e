"""Settings of production: those of config/settings.py, and stricter. `make serve` takes them.

What is only good for a demo stops a start with a sentence: here, and by the system checks in config/checks.py.
"""

import os
import sys

# Django's own rule of secret keys, security.W009.
SHORTEST_SECRET_KEY = 50
FEWEST_CHARACTERS = 5
NO_SECRET_KEY = (
    "CONSOLE_SECRET_KEY: production needs a secret of at least 50 characters, the same for all of its processes. Make "
    "one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
NO_ALLOWED_HOSTS = (
    "CONSOLE_ALLOWED_HOSTS: production needs the host names that people open the console by, separated by commas, "
    "such as console.example.com; * is not one."
)


def _refusals() -> list[str]:
    """Return what is missing, as sentences; it is looked for first, since config/settings.py makes up for it."""
    secret_key = os.environ.get("CONSOLE_SECRET_KEY", "")
    hosts = [host.strip() for host in os.environ.get("CONSOLE_ALLOWED_HOSTS", "").split(",") if host.strip()]
    is_strong = len(secret_key) >= SHORTEST_SECRET_KEY and len(set(secret_key)) >= FEWEST_CHARACTERS
    has_hosts = bool(hosts) and "*" not in hosts
    return [*([] if is_strong else [NO_SECRET_KEY]), *([] if has_hosts else [NO_ALLOWED_HOSTS])]


if _refused := _refusals():
    sys.exit("\n".join(_refused))

from console.config import settings  # noqa: E402
from console.config.settings import *  # noqa: E402, F403
from console.variables.variables import flag, words  # noqa: E402

CONSOLE_IS_PRODUCTION = True
CONSOLE_LOCAL_HTTP = flag("CONSOLE_LOCAL_HTTP", default=False)

# A proxy before the console speaks TLS. Only where it is told so does the console believe what the proxy says of that:
# without a proxy that drops this header of clients, anybody could send it.
CONSOLE_TRUSTED_PROXY = flag("CONSOLE_TRUSTED_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONSOLE_TRUSTED_PROXY else None
SECURE_SSL_REDIRECT = CONSOLE_TRUSTED_PROXY
MIDDLEWARE = [
    *(["console.pages.frame.middleware.client_address.client_address"] if CONSOLE_TRUSTED_PROXY else []),
    *settings.MIDDLEWARE,
]
# What watches the console asks it on its own machine, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]
# Browsers name the address that they have opened, which is the proxy's, also where the proxy does not pass it on.
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in words("CONSOLE_ALLOWED_HOSTS")
]

SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    *settings.SILENCED_SYSTEM_CHECKS,
    # Whether browsers come with a domain in their lists is for its owner to say, and can hardly be taken back.
    "security.W021",
    # Where the proxy is not trusted, all requests look as if they had come without TLS, and it redirects those by
    # itself.
    *([] if CONSOLE_TRUSTED_PROXY else ["security.W008"]),
]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# No script reads it: forms carry the token.
CSRF_COOKIE_HTTPONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "console.output.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        **settings.LOGGERS,
        # A line for each request.
        "console.requests": {"level": "INFO"},
        # The server's own, which would else write lines of another kind.
        "_granian": {"level": "ERROR"},
    },
}
