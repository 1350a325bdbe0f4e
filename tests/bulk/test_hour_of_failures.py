"""An hour in which AWS fails in every known way, by a clock that only pauses move: every row arrives, and is known."""

from collections import Counter, deque
from collections.abc import Iterable
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.db.models import Sum
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.submissions.models import Submission
from tests.bulk.importing import checked, work
from tests.support.aws_failures import CASES, SLOW, Case, Where
from tests.support.aws_stand_in import Piece, Received, StandIn, as_aws_answers, http

AN_HOUR = 3600.0
# What hangs or drips takes its time by every clock.
WAYS = [each for each in CASES if each.where is Where.STAND_IN and each not in SLOW]
AWAY = http(503, b"{}")
OF_DATASET = "AWS refused personalize:PutUsers on arn:aws:personalize:us-west-2:123456789012:dataset/loyalty/USERS."
DENIED = (
    "Access denied: the credentials of the environment Staging may not do personalize:PutUsers on "
    "arn:aws:personalize:us-west-2:123456789012:dataset/loyalty/USERS."
)
EXPIRED = "The AWS credentials of the environment Staging have expired."
CREDENTIALS = "AWS does not accept the credentials of the environment Staging."
CLOCK = "The clock of the console's machine is wrong, so AWS refused the request."
NO_ACCESS = "The AWS account of the environment Staging has no access to this service or region, so"
NOT_AWS = "The endpoint of the environment Staging refused personalize:PutUsers with a response that is not AWS's."
# The beginning of what an import is paused with, and the code that follows, in the order of the ways.
PROBLEMS = [
    (OF_DATASET, "ResourceNotFoundException"),
    (OF_DATASET, "ResourceInUseException"),
    (OF_DATASET, "UnknownOperationException"),
    (OF_DATASET, "LimitExceededException"),
    (DENIED, "AccessDeniedException"),
    (DENIED, "AccessDenied"),
    (DENIED, "NotAuthorized"),
    (EXPIRED, "ExpiredTokenException"),
    (EXPIRED, "ExpiredToken"),
    (CREDENTIALS, "UnrecognizedClientException"),
    (CREDENTIALS, "InvalidClientTokenId"),
    (CREDENTIALS, "MissingAuthenticationTokenException"),
    (CREDENTIALS, "IncompleteSignatureException"),
    (CREDENTIALS, "InvalidSignatureException"),
    (CLOCK, "RequestExpired"),
    (NO_ACCESS, "OptInRequired"),
    (CLOCK, "InvalidSignatureException"),
    *[(NOT_AWS, "")] * 4,
]


class Clock:
    """A clock that pauses move."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        # The least that moves a clock of this hour.
        self.now += max(seconds, 1e-6)


class Failing:
    """Answers the first call of each turn in the next way, and the others as an AWS that is away, for an hour."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ways = deque(WAYS)
        self.way: Case | None = None
        self.record_id = ""

    def begin_turn(self) -> None:
        """Go on to the next way, after the last one to an AWS that is away."""
        self.way, self.record_id = self.ways.popleft() if self.ways else None, ""

    def __call__(self, received: Received) -> Iterable[Piece]:
        if received.operation != "PutUsers" or self.clock.now >= AN_HOUR:
            return as_aws_answers(received)
        # It is sent again.
        self.record_id = self.record_id or received.record_ids[0]
        return self.way.pieces if self.way and received.record_ids[0] == self.record_id else [AWAY]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in ("pace", "part_sending", "targets", "turns"):
        monkeypatch.setattr(f"console.bulk.sending.{module}.time", made)
    # Each turn meets what its first call does.
    monkeypatch.setattr("console.bulk.sending.part_sending.MOST_IN_FLIGHT", 1)
    # Between its attempts of one call, botocore pauses as well.
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))
    return made


def an_hour_of(aws: StandIn, clock: Clock, made: Import) -> list[str]:
    """Send an import, and return the problems that it was paused with, each of which a person takes a while to fix."""
    aws.answer = failing = Failing(clock)
    controls.start_sending(made, share=100)
    problems: list[str] = []
    while made.stage != Stage.DONE:
        failing.begin_turn()
        work()
        made.refresh_from_db()
        if made.stage == Stage.PAUSED:
            problems.append(made.problem)
            clock.sleep(60)
            assert controls.resume(made)
        elif made.stage == Stage.SENDING:
            now = timezone.now()
            clock.sleep(max(0.0, (made.starts_at - now).total_seconds()))
            Import.objects.update(starts_at=now)
    assert not failing.ways
    return problems


@pytest.mark.usefixtures("demo")
def test_after_an_hour_of_failures_every_row_has_arrived_or_was_refused_for_what_it_holds(
    aws: StandIn, clock: Clock, settings: LazySettings
) -> None:
    settings.CONSOLE_AWS_SECONDS = 20
    rows = [f"u-{number},34,Female" for number in range(400)]
    made = checked("\n".join(["USER_ID,AGE,GENDER", *rows, ""]), environment="staging", group="loyalty")
    problems = an_hour_of(aws, clock, made)
    assert clock.now >= AN_HOUR
    assert (made.created_count, made.refused_count, made.unconfirmed_count) == (360, 40, 0)
    assert len(problems) == len(PROBLEMS)
    for problem, (beginning, code) in zip(problems, PROBLEMS, strict=True):
        assert problem.startswith(beginning)
        assert code in problem
    of_import = Submission.objects.filter(bulk_import=made.key)
    # The trail has every request that AWS received, and each call was accepted once, or refused at last.
    assert of_import.aggregate(Sum("attempts"))["attempts__sum"] == len(aws.of("PutUsers"))
    accepted = Counter(call for call, outcome in of_import.values_list("bulk_call", "outcome") if outcome == "created")
    assert (len(accepted), set(accepted.values())) == (36, {1})
    assert "created" not in of_import.exclude(bulk_call__in=accepted).values_list("outcome", flat=True)
    # It waits for up to a minute after a failure: there were not thousands of calls.
    assert len(aws.of("PutUsers")) < 400
