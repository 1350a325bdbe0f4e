"""What browsers let the pages use: https://www.w3.org/TR/permissions-policy/."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_only_middleware

NEVER_USED = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
# The buttons Copy write to the clipboard.
POLICY = ", ".join([*(f"{feature}=()" for feature in NEVER_USED), "clipboard-write=(self)"])

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


@sync_only_middleware
def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Have each answer say what its page may use of a person's machine: nearly nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = POLICY
        return response

    return middleware
