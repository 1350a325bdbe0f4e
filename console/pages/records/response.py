"""The Response of Create record(s): the result of a press, or of an earlier one, marked as such."""

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

# The cookie that marks the Response of a press as news for one redirect of a browser without JavaScript. Each
# submission has its own, as several tabs may be redirected at once.
NEWS = "new_response_{}"
SECONDS_OF_NEWS = 60


class Earlier(StrEnum):
    """Why the result of an earlier press is shown, where nothing was sent."""

    # The page was opened again, or pressed again while the first press was under way.
    SHOWN_AGAIN = "shown again"
    # The page's key is retired: it sent this text, another text, or belongs to a page of another destination.
    SAME_TEXT = "same text"
    OTHER_TEXT = "other text"
    ELSEWHERE = "elsewhere"


def own_submission(
    request: Request, environment: Environment, group: str, entity: Entity, key: UUID | None
) -> Submission | None:
    """Return a person's own submission to a dataset by its id, or None."""
    if key is None:
        return None
    submission = submissions_to(environment, group, entity).filter(person_id=request.user.pk, pk=key).first()
    return submission and with_known_answer(submission)


def own_calls_of_key(
    request: Request, environment: Environment, group: str, entity: Entity, key: UUID | None
) -> tuple[Submission, ...]:
    """Return the calls of a person's last press with a page's key to a dataset; none if there is no such press."""
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
    """Return whether a submission went to a group's dataset of a type from an environment as configured today.

    A reset of the demo does not make the local service another destination.
    """
    is_of_demo = environment.is_local and submission.environment == environment.name
    is_of_today = is_of_demo or submission.origin_id == origin_if_known(environment)
    return is_of_today and (submission.dataset_group, submission.dataset_type) == (group, entity.dataset_type)


def why_earlier_when_opened(
    request: Request, submission: Submission | None, *, is_success: bool, is_of_this_page: bool
) -> Earlier | None:
    """Return why the result on a newly opened page is an earlier one; None for the result of the last press.

    A failure is news, unless a second press leads here. A success is news at the address that its press redirects
    to, which has a new key, but not at one with the press's own key (`is_of_this_page`).
    """
    if submission is None:
        return None
    # A second press is marked in the query, since the cookie may belong to the first.
    is_second = "earlier" in request.GET
    is_news = not is_success or (not is_of_this_page and bool(request.COOKIES.get(_news(submission))))
    return Earlier.SHOWN_AGAIN if is_second or not is_news else None


def mark_news(request: Request, response: HttpResponse, submission: Submission) -> None:
    """Mark a submission's Response as news for the page that a response redirects to."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(
        _news(submission), "1", SECONDS_OF_NEWS, path=request.path, secure=secure, httponly=True, samesite="Lax"
    )


def end_news(request: Request, response: HttpResponse, submission: Submission | None) -> HttpResponse:
    """Return a response that marks the submission it shows as seen."""
    if submission and request.COOKIES.get(_news(submission)):
        response.delete_cookie(_news(submission), path=request.path, samesite="Lax")
    return response


def _news(submission: Submission) -> str:
    return NEWS.format(submission.pk.hex)
