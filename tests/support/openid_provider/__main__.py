"""`python -m tests.support.openid_provider PORT DIRECTORY` serves the provider, with its data in a directory."""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.support.openid_provider.keys import new_key

LOGIN_PAGE = '<form method="post">{% csrf_token %}{{ form }}<button>Sign in at the provider</button></form>'
CONSENT_PAGE = """<form method="post">{% csrf_token %}{% for field in form %}{% if field.name != "allow" %}{{ field.as_hidden }}{% endif %}{% endfor %}
<button name="allow" value="Authorize">Allow</button><button name="deny">Deny</button></form>{{ error.error }}"""


def _configure(directory: str) -> None:
    # oauthlib insists on https:// otherwise.
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    pages = {"registration/login.html": LOGIN_PAGE, "oauth2_provider/authorize.html": CONSENT_PAGE}
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="the-provider-s-own",
        ROOT_URLCONF="tests.support.openid_provider.urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{directory}/provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", pages)]},
            }
        ],
        LOGIN_URL="/login/",
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        USE_TZ=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": new_key(),
            "OAUTH2_VALIDATOR_CLASS": "tests.support.openid_provider.claims.Validator",
            "SCOPES": {"openid": "Who you are", "profile": "Your name", "email": "Your e-mail address"},
        },
    )


class Server(ThreadingMixIn, WSGIServer):
    """Answers many at once."""

    daemon_threads = True


def _serve(port: int) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    make_server("127.0.0.1", port, get_wsgi_application(), Server).serve_forever()


if __name__ == "__main__":
    _configure(sys.argv[2])
    _serve(int(sys.argv[1]))
