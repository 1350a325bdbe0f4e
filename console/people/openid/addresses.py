"""Validation of an OpenID provider's addresses: usable, and as safe as its issuer's."""


def can_be_asked(url: object) -> bool:
    """Return whether a value is an HTTP address that can be requested unchanged."""
    # Python silently strips these characters from URLs.
    if not isinstance(url, str) or not url.isprintable() or " " in url:
        return False
    if not url.startswith(("https://", "http://")):
        return False
    # It takes long to import, for the commands that need none of it.
    import requests

    try:
        return bool(requests.Request("GET", url).prepare().url)
    except ValueError:
        # All that requests raises for what cannot be an address is one.
        return False


def is_as_safe(url: object, issuer: str) -> bool:
    """Return whether a value is such an address, with TLS if the issuer's has it."""
    return isinstance(url, str) and can_be_asked(url) and (url.startswith("https://") or issuer.startswith("http://"))
