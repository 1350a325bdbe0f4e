"""Checks run for a page, with the code of the commands: of an environment, and of signing in."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.urls import reverse

from console.personalize.checking import Check, checks, denied_actions, groups_that_are_missing, not_tried
from console.personalize.deadlines import for_seconds, one_page
from console.personalize.environments import Environment

# Browsers and proxies give up on pages that take longer.
MOST_SECONDS = 20
WORKS, FAILS, NOT_TRIED = "works", "fails", "not tried"
NOTHING_YET = "There is nothing yet to ask for."


@dataclass(frozen=True, slots=True)
class Line:
    """A check: its result as a status, what was tried, and sentences on the result and what to do."""

    status: str
    tried: str
    sentences: tuple[str, ...] = ()

    @property
    def tried_parts(self) -> list[str]:
        """What was tried, split where a line may break: the service and its action."""
        return self.tried.split(":")


@dataclass(frozen=True, slots=True)
class Checked:
    """All checks of an environment or of signing in, with notes."""

    lines: list[Line]
    notes: list[str]

    @property
    def failures(self) -> int:
        """The number of failed checks."""
        return sum(line.status == FAILS for line in self.lines)


def checked_environment(environment: Environment) -> Checked:
    """Try the console's read calls in an environment, within a time limit; nothing is written."""
    with one_page(), for_seconds(MOST_SECONDS):
        results = list(checks(environment))
    notes = []
    if denied := denied_actions(results):
        notes.append(f"Actions that the IAM policies lack: {', '.join(denied)}.")
    if not environment.read_only:
        notes.append(f"Not tried, since they write: {', '.join(not_tried(environment))}.")
    known = Group.objects.values_list("name", flat=True)
    for key, name in groups_that_are_missing(environment, set(known)):
        notes.append(f"The group {name}, which {key} names, does not exist yet: give it to somebody under People.")
    return Checked([_line(check) for check in results], notes)


def _line(check: Check) -> Line:
    if not check.is_tried:
        return Line(NOT_TRIED, check.action, (NOTHING_YET,))
    if check.failure is None:
        return Line(WORKS, check.action, (check.found,) if check.found else ())
    failure = check.failure
    answer = (f"{failure.code}: {failure.message}",) if failure.code else ()
    return Line(FAILS, check.action, (failure.sentence, *answer, failure.advice))


def checked_sign_in(request: HttpRequest) -> Checked:
    """Try the OpenID provider, within a time limit, with the address of this page; nobody is signed in."""
    # Imported here because it is slow to import and few commands need it.
    from console.people.openid.sign_in_checks import State, findings_in_time

    lines, notes = [], []
    for finding in findings_in_time([request.build_absolute_uri(reverse("provider_answer"))], MOST_SECONDS):
        tried, colon, sentence = finding.sentence.partition(": ")
        sentences = tuple(filter(None, (sentence[:1].upper() + sentence[1:], finding.advice)))
        if finding.state is State.NOTE:
            notes.append(" ".join(filter(None, (finding.sentence, finding.advice))))
        elif colon:
            lines.append(Line(finding.state.value, tried, sentences))
        else:
            lines.append(Line(finding.state.value, finding.sentence, (finding.advice,) if finding.advice else ()))
    return Checked(lines, notes)
