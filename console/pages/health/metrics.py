"""The console's metrics, for Prometheus."""

from ipaddress import ip_address
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.pages.frame.decorators import console_page

# Headers of a proxy: one on the same machine makes requests from loopback for everybody.
SAYS_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")
NO_TOKEN = "Send the token of CONSOLE_METRICS_TOKEN as Authorization: Bearer.\n"
NOT_HERE = "Ask from the console's own machine without a proxy, or set CONSOLE_METRICS_TOKEN.\n"


@console_page("metrics")
@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show all metrics: to clients with the token, or, if no token is set, to the console's own machine."""
    token = settings.CONSOLE_METRICS_TOKEN
    if token and not _has_token(request, token):
        headers = {"WWW-Authenticate": 'Bearer realm="metrics"'}
        return HttpResponse(NO_TOKEN, status=401, content_type="text/plain", headers=headers)
    if not token and not _is_from_loopback(request):
        return HttpResponse(NOT_HERE, status=403, content_type="text/plain")
    # prometheus_client is imported with the first thing that is counted: see console/metrics/counters.py.
    from prometheus_client import CONTENT_TYPE_LATEST

    from console.metrics.metrics import in_text_format

    return HttpResponse(in_text_format(), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and compare_digest(given.strip().encode(), token.encode())


def _is_from_loopback(request: HttpRequest) -> bool:
    if any(name in request.headers for name in SAYS_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
