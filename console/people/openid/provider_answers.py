"""What an OpenID provider answers to a question without a secret, or why it does not, in a sentence."""

import re
from base64 import b64encode
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, quote_plus, urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import NameResolutionError

from console.output.user_information import without_user_information
from console.people.openid import deadline
from console.people.openid.addresses import can_be_asked
from console.people.openid.deadline import SECONDS, TooLongError
from console.people.openid.provider import begin

LONGEST_WORD = 200
SECRET_SHOWN = "•••"
CHECK_NETWORK = "Check the network, and the proxy if there is one, between the console and the provider."
OF_AUTHORITY = "If your own certificate authority issued it, name that authority's file in REQUESTS_CA_BUNDLE."

OF_BUNDLE = "Check the file that REQUESTS_CA_BUNDLE, or CURL_CA_BUNDLE, names."


@dataclass(frozen=True, slots=True)
class Answered:
    """The JSON that was answered, or the sentence and the advice for what was the matter."""

    content: object = None
    failure: str = ""
    advice: str = ""


def first_answer(redirect_uri: str, *, silently: bool) -> requests.Response:
    """Return the provider's first answer to a browser; `silently` asks it to send the browser back at once.

    Raises ProviderError, and what requests raises. OpenID Connect Core 1.0, section 3.1.2.1, has `prompt=none` for it.
    """
    prompt = "&prompt=none" if silently else ""
    return deadline.get(f"{begin(redirect_uri).url}{prompt}", allow_redirects=False)


def ask(url: str) -> Answered:
    """Return what an address answers to a GET."""
    if not can_be_asked(url):
        return Answered(failure="the address is not valid.")
    host = word_of(urlsplit(url).hostname)
    try:
        answer = deadline.get(url)
    except requests.exceptions.SSLError:
        return Answered(failure=f"the certificate of {host} is not trusted.", advice=OF_AUTHORITY)
    except requests.exceptions.ProxyError:
        return Answered(failure=f"the proxy refuses connections to {host}.", advice=CHECK_NETWORK)
    except requests.exceptions.Timeout:
        return Answered(failure=f"{host} did not respond within {SECONDS} seconds.", advice=CHECK_NETWORK)
    except TooLongError:
        return Answered(failure=f"the response of {host} is too long.")
    except ValueError:
        # The addresses of redirects.
        return Answered(failure=f"{host} redirects to an address that is not valid.")
    except requests.exceptions.RequestException as error:
        if _is_about_name(error):
            return Answered(failure=f"the host name {host} cannot be resolved.", advice=CHECK_NETWORK)
        return Answered(failure=f"{host} cannot be reached.", advice=CHECK_NETWORK)
    except OSError:
        # requests has no exception class for this.
        return Answered(failure="a file of certificates cannot be read.", advice=OF_BUNDLE)
    if answer.status_code != HTTPStatus.OK:
        return Answered(failure=f"{host} responded with HTTP status {answer.status_code}.")
    try:
        return Answered(answer.json())
    except (ValueError, RecursionError):
        return Answered(failure=f"the response of {host} is not JSON.")


def word_of(value: object) -> str:
    """Return what somebody else wrote as a word of a sentence: not long, on one line, and without secrets.

    User information of URLs is one, and so is the secret of the client, which a provider may repeat.
    """
    text = _printable(value) if isinstance(value, str) and value else "nothing"
    return without_user_information(_without_client_secret(text)[:LONGEST_WORD])


def _without_client_secret(text: str) -> str:
    """Return a text without the client's secret, in any spelling that a request to the provider has it in."""
    secret: str = settings.CONSOLE_OIDC_CLIENT_SECRET
    if not secret:
        return text
    credentials = f"{settings.CONSOLE_OIDC_CLIENT_ID}:{secret}".encode()
    spellings = (b64encode(credentials).decode(), _printable(secret), quote(secret, safe=""), quote_plus(secret))
    # In lower case as well, as the name of a host is.
    known = "|".join(re.escape(each) for each in spellings if each)
    return re.sub(known, SECRET_SHOWN, text, flags=re.IGNORECASE)


def _printable(text: str) -> str:
    return "".join(each for each in text if each.isprintable())


def _is_about_name(error: requests.exceptions.RequestException) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NameResolutionError)
