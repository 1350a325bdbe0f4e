"""Removes user information from URLs (RFC 3986, section 3.2.1): a name and password before the host.

Proxies have it, such as that of HTTPS_PROXY, and so may the addresses in a configuration that is AWS's.
"""

import re

# Up to the last @ of what may be a URL: a password that was not encoded may have any character.
USER_INFORMATION = re.compile(r"(?<=//)[^\s\"'<>]*@")
SHOWN_INSTEAD = "…@"


def without_user_information(text: str) -> str:
    """Return a text with user information removed from its URLs."""
    return USER_INFORMATION.sub(SHOWN_INSTEAD, text) if "@" in text else text


def may_have_user_information(url: str) -> bool:
    """Return whether a URL has, or may have, user information: an unencoded @ serves no other purpose."""
    return "@" in url
