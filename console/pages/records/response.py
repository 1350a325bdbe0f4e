"""Response on Create user record(s): what came of a press, or of an earlier one, which is shown as such."""

from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from console.pages.frame.requests import Request
from console.pages.submissions.submission_filters import submissions_to
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.submissions.models import Submission
from console.submissions.presses.attempts import newest_press, representative
from console.submissions.presses.idempotency import Press, Use
from console.submissions.presses.same_press import is_same_text
from console.submissions.recording import with_known_answer
from console.submissions.trails.own_trail import origin_if_known

# With the submission of the press that a browser without JavaScript is redirected from: its Response is news once.
# Each has a cookie of its own, as several tabs may be on their way.
NEWS = "new_response_{}"
SECONDS_OF_NEWS = 60


class Earlier(StrEnum):
    """Why the result of an earlier press is shown, where nothing was sent."""

    # Its page was opened again, or a second press came while the first was under way.
    SHOWN_AGAIN = "shown again"
    # The key of the page is retired: it has sent this text, or another one, or it is of a page elsewhere.
    SAME_TEXT = "same text"
    OTHER_TEXT = "other text"
    ELSEWHERE = "elsewhere"


def own_submission(
    request: Request, environment: Environment, group: str, entity: Entity, key: UUID | None
) -> Submission | None:
    """Return a person's own submission to a dataset by its id, or None."""
    if key is None:
        return None
    found = submissions_to(environment, group, entity).filter(person_id=request.user.pk, pk=key).first()
    return found and with_known_answer(found)


def own_calls_of_key(
    request: Request, environment: Environment, group: str, entity: Entity, key: UUID | None
) -> tuple[Submission, ...]:
    """Return the calls of a person's last press of a page's key to a dataset, none where there is no such press."""
    assert request.user.pk is not None
    calls = newest_press(key, request.user.pk) if key else ()
    return calls if calls and _is_to(calls[0], environment, group, entity) else ()


def why_earlier(press: Press, environment: Environment, group: str, entity: Entity, text: str) -> Earlier | None:
    """Return why the result of a press of a page is an earlier one; None if it is the press's own."""
    if press.use is Use.NEW:
        return None
    submission = representative(press.calls)
    if not _is_to(submission, environment, group, entity):
        return Earlier.ELSEWHERE
    if press.use is Use.REPEATED:
        return Earlier.SHOWN_AGAIN
    return Earlier.SAME_TEXT if is_same_text(submission.record_input, text) else Earlier.OTHER_TEXT


def _is_to(submission: Submission, environment: Environment, group: str, entity: Entity) -> bool:
    """Return whether a submission was sent to a dataset group's dataset of a type, from an environment as it is today.

    A reset of the demo has ended what was sent before in the local service, and not made it another place.
    """
    is_of_demo = environment.is_local and submission.environment == environment.name
    is_of_today = is_of_demo or submission.origin_id == origin_if_known(environment)
    return is_of_today and (submission.dataset_group, submission.dataset_type) == (group, entity.dataset_type)


def why_earlier_when_opened(
    request: Request, submission: Submission | None, *, is_success: bool, is_of_this_page: bool
) -> Earlier | None:
    """Return why the result on a page that is opened is an earlier one; None for one that the last press brought.

    What is not a success is news, unless a second press leads here. A success is news at the address that its press
    leads to, which has a new key: at one with the key of the press itself (`is_of_this_page`) it is not.
    """
    if submission is None:
        return None
    # A second press has a field of its own: the cookie may be of the first one.
    is_second = "earlier" in request.GET
    is_news = not is_success or (not is_of_this_page and bool(request.COOKIES.get(_news(submission))))
    return Earlier.SHOWN_AGAIN if is_second or not is_news else None


def mark_news(request: Request, response: HttpResponse, submission: Submission) -> None:
    """Let the page that a redirect leads to show a submission's Response as news."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(
        _news(submission), "1", SECONDS_OF_NEWS, path=request.path, secure=secure, httponly=True, samesite="Lax"
    )


def end_news(request: Request, response: HttpResponse, submission: Submission | None) -> HttpResponse:
    """Return a response, after which the submission that it shows counts as seen."""
    if submission and request.COOKIES.get(_news(submission)):
        response.delete_cookie(_news(submission), path=request.path, samesite="Lax")
    return response


def _news(submission: Submission) -> str:
    return NEWS.format(submission.pk.hex)
