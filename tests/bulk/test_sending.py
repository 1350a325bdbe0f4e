"""Sending the records of an import: what is sent, what the trail has of it, and what a failure or a death leaves."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Part, Stage
from console.bulk.running import queue_of, sending_step
from console.bulk.sending.part_sending import PartSending
from console.bulk.sending.settled import Settled
from console.bulk.sending.targets import calls_just_sent, calls_per_second, forget, target_of
from console.local.models import StoredRecord
from console.local.simulation import simulate, stop_simulating
from console.records.entities import INTERACTIONS
from console.submissions.models import Outcome, SentRecord, Submission
from console.submissions.presses.sending import Place, reserve
from console.work.leases import never
from tests.bulk.importing import checked, csv_of, row, sent, work
from tests.support.aws_stand_in import DATASET_ARN, Piece, Received, StandIn, as_aws_answers, http

REFUSAL = json.dumps({"__type": "InvalidInputException", "message": "age is wrong"}).encode()
THROTTLING = json.dumps({"__type": "ThrottlingException", "message": "Rate exceeded"}).encode()
MISSING = http(400, json.dumps({"__type": "ResourceNotFoundException", "message": "not there"}).encode())
STAGING_HEADING = "USER_ID,AGE,GENDER"


def staging_csv(count: int) -> str:
    """Return a file of users of the stand-in's schema."""
    return "\n".join([STAGING_HEADING, *(f"u-{number},34,Female" for number in range(count)), ""])


def outcomes(made: Import) -> Counter[str]:
    """Return how many submissions of an import the trail has, by their outcome."""
    return Counter(Submission.objects.filter(bulk_import=made.key).values_list("outcome", flat=True))


def received_ids(aws: StandIn) -> Counter[str]:
    """Return how often AWS received each id."""
    return Counter(record_id for each in aws.of("PutUsers") for record_id in each.record_ids)


@pytest.fixture
def slow_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pauses between turns be over at once."""
    monkeypatch.setattr("console.bulk.sending.turns.timedelta", lambda **_given: timedelta())


@pytest.mark.usefixtures("demo")
class TestToTheLocalService:
    def test_each_call_of_ten_is_a_submission_and_each_row_arrives(self) -> None:
        made = sent(csv_of(*(row(f"u-{number}", CITY=f"C{number}") for number in range(25))))
        assert (made.stage, made.created_count, made.failed_count) == (Stage.DONE, 25, 0)
        assert outcomes(made) == {Outcome.CREATED: 3}
        submissions = Submission.objects.filter(bulk_import=made.key).order_by("created_at")
        assert [each.record_count for each in submissions] == [10, 10, 5]
        assert {(each.person_name, each.environment, each.record_input) for each in submissions} == {
            ("operator", "local", "")
        }
        stored = dict(StoredRecord.objects.filter(record_id__startswith="u-").values_list("record_id", "properties"))
        assert len(stored) == 25
        assert json.loads(stored["u-7"])["city"] == "C7"
        assert SentRecord.objects.filter(submission__bulk_import=made.key).count() == 25

    def test_of_repeated_ids_the_last_row_is_sent_once(self) -> None:
        made = sent(csv_of(row("u-1", CITY="A"), row("u-2"), row("u-1", CITY="B")))
        assert made.created_count == 2
        assert SentRecord.objects.filter(submission__bulk_import=made.key, record_id="u-1").count() == 1
        assert json.loads(StoredRecord.objects.get(record_id="u-1").properties)["city"] == "B"

    def test_rows_that_would_change_nothing_can_be_left_out(self) -> None:
        sent(csv_of(row("u-1"), row("u-2")))
        made = sent(csv_of(row("u-1"), row("u-2", CITY="Elsewhere")), leaves_out_same=True)
        assert (made.to_send_count, made.created_count) == (1, 1)

    def test_a_pause_stops_it_and_resuming_goes_on_without_sending_anything_twice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("console.bulk.sending.part_sending.SECONDS_BETWEEN_COUNTS", 0)
        made = checked(csv_of(*(row(f"u-{number}") for number in range(40))))
        controls.start_sending(made, share=100, leaves_out_same=False)

        def pausing() -> bool:
            if Submission.objects.filter(bulk_import=made.key).count() == 2:
                controls.pause(made)
            return False

        work(pausing)
        made.refresh_from_db()
        # The call after which it is paused is counted, and the one that was begun meanwhile.
        assert (made.stage, made.created_count) == (Stage.PAUSED, 30)
        assert controls.resume(made)
        work()
        made.refresh_from_db()
        assert (made.stage, made.created_count) == (Stage.DONE, 40)
        assert outcomes(made) == {Outcome.CREATED: 4}

    def test_cancelling_leaves_what_was_sent(self) -> None:
        made = checked(csv_of(row("u-1")))
        assert controls.cancel(made)
        assert not controls.cancel(made)
        assert not controls.start_sending(made, share=100, leaves_out_same=False)
        work()
        assert not outcomes(made)

    def test_a_person_who_may_not_any_more_sends_nothing(self) -> None:
        made = checked(csv_of(row("u-1")))
        controls.start_sending(made, share=100, leaves_out_same=False)
        User.objects.get(username="operator").groups.clear()
        work()
        made.refresh_from_db()
        assert (made.stage, made.problem) == (
            Stage.PAUSED,
            "operator may not create records in Local service any more.",
        )
        assert not outcomes(made)

    def test_a_person_who_may_not_any_more_sends_nothing_more_within_a_turn(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("console.bulk.sending.part_sending.SECONDS_BETWEEN_COUNTS", 0)
        made = checked(csv_of(*(row(f"u-{number}") for number in range(40))))
        controls.start_sending(made, share=100, leaves_out_same=False)

        def deactivating() -> bool:
            if Submission.objects.filter(bulk_import=made.key).count() == 2:
                User.objects.filter(username="operator").update(is_active=False)
            return False

        work(deactivating)
        made.refresh_from_db()
        # The call after which it is seen is counted, and the one that was begun meanwhile.
        assert (made.stage, made.created_count) == (Stage.PAUSED, 30)
        assert made.problem == "operator may not create records in Local service any more."

    def test_a_worker_that_died_leaves_calls_that_are_settled_by_the_trail(self) -> None:
        made = sent(csv_of(*(row(f"u-{number}") for number in range(30))))
        # As where the worker ended after its answers were written, and before it counted them.
        Part.objects.filter(bulk_import=made).update(outcomes=Settled.CREATED + "..", is_settled=False)
        Import.objects.filter(pk=made.pk).update(stage=Stage.SENDING, created_count=10)
        work()
        made.refresh_from_db()
        assert (made.stage, made.created_count) == (Stage.DONE, 30)
        assert outcomes(made) == {Outcome.CREATED: 3}

    def test_of_two_short_imports_the_one_that_was_sent_last_counts(self) -> None:
        first, second = checked(csv_of(row("u-1", CITY="A"))), checked(csv_of(row("u-1", CITY="B")))
        # The second one is made first, and sent second.
        controls.start_sending(second, share=100, leaves_out_same=False)
        controls.start_sending(first, share=100, leaves_out_same=False)
        work()
        assert json.loads(StoredRecord.objects.get(record_id="u-1").properties)["city"] == "A"

    def test_imports_of_one_dataset_take_turns_by_person(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("console.bulk.sending.turns.SECONDS_OF_A_TURN", 1.2)
        monkeypatch.setattr("console.bulk.sending.turns.SECONDS_BETWEEN_LOOKS", 0)
        names = ("operator", "operator", "administrator")
        made = [
            checked(csv_of(*(row(f"{number}-{each}") for each in range(200))), person=person)
            for number, person in enumerate(names)
        ]
        for each in made:
            controls.start_sending(each, share=100)
        turns, known = "", set[UUID]()
        while sending_step()(never) == 0:
            new = Submission.objects.exclude(pk__in=known)
            assert new
            turns += "".join({each.record_ids[0] for each in new})
            known |= {each.pk for each in new}
        assert Import.objects.filter(stage=Stage.DONE, created_count=200).count() == 3
        # The administrator has every second turn until theirs is done, and the two of the operator share the others.
        assert turns.startswith("0212"), turns

    def test_none_begins_while_calls_of_another_are_under_way_after_a_pause(self) -> None:
        first, second = checked(csv_of(row("u-1", CITY="A"))), checked(csv_of(row("u-1", CITY="B")))
        controls.start_sending(first)
        controls.start_sending(second)
        until = timezone.now() + timedelta(seconds=10)
        Import.objects.filter(pk=first.pk).update(stage=Stage.PAUSED, lease="worker", leased_until=until)
        work()
        assert not outcomes(second)
        Import.objects.filter(pk=first.pk).update(lease="", leased_until=None)
        work()
        assert outcomes(second) == {Outcome.CREATED: 1}

    def test_of_two_that_workers_take_at_the_same_moment_one_steps_back(self) -> None:
        first, second = checked(csv_of(row("u-1", CITY="A"))), checked(csv_of(row("u-1", CITY="B")))
        controls.start_sending(first)
        controls.start_sending(second)
        queue, attempts = queue_of(Q(pk=first.pk)), first.attempts
        lease = queue.take(never)
        assert lease is not None
        # As by a worker that looked before the lease was written.
        until = timezone.now() + timedelta(seconds=10)
        Import.objects.filter(pk=second.pk).update(lease="worker", leased_until=until)
        queue.run(lease)
        first.refresh_from_db()
        assert (first.lease, first.attempts, outcomes(first)) == ("", attempts, Counter())
        assert first.starts_at > timezone.now()
        Import.objects.filter(pk=second.pk).update(lease="", leased_until=None)
        Import.objects.filter(pk=first.pk).update(starts_at=timezone.now())
        work()
        assert outcomes(first) == outcomes(second) == {Outcome.CREATED: 1}

    def test_the_one_whose_last_turn_was_longest_ago_has_the_next(self) -> None:
        first = checked(csv_of(row("u-1")))
        second = checked("USER_ID,EMAIL,FULLNAME,AGE,GENDER\np-1,a,b,3,c\n", group="member-profiles")
        controls.start_sending(first)
        controls.start_sending(second)
        # As after a turn of the first one.
        Import.objects.filter(pk=first.pk).update(starts_at=timezone.now())
        assert sending_step()(never) == 0
        assert (bool(outcomes(first)), bool(outcomes(second))) == (False, True)

    @pytest.mark.parametrize("other_group", ["loyalty-programme", "member-profiles"])
    def test_a_turn_ends_and_leaves_the_next_one_to_others(
        self, monkeypatch: pytest.MonkeyPatch, other_group: str
    ) -> None:
        monkeypatch.setattr("console.bulk.sending.turns.SECONDS_OF_A_TURN", 1.5)
        made = checked(csv_of(*(row(f"u-{number}") for number in range(90))))
        other = checked("USER_ID,EMAIL,FULLNAME,AGE,GENDER\np-1,a,b,3,c\n", group="member-profiles")
        if other_group == "loyalty-programme":
            other = checked(csv_of(row("u-90")))
        # A call a second.
        controls.start_sending(made, share=10)
        controls.start_sending(other)
        # As if all threads had been busy for long.
        long_ago = timezone.now() - timedelta(seconds=11)
        Import.objects.filter(pk=other.pk).update(starts_at=long_ago)
        Import.objects.filter(pk=made.pk).update(starts_at=long_ago - timedelta(seconds=1))
        began_at = timezone.now()
        assert sending_step()(never) == 0
        made.refresh_from_db()
        assert (made.stage, made.lease) == (Stage.SENDING, "")
        assert 0 < made.created_count < 90
        assert made.starts_at > began_at

    def test_a_turn_goes_on_where_no_other_import_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("console.bulk.sending.turns.SECONDS_OF_A_TURN", 0.1)
        made = checked(csv_of(*(row(f"u-{number}") for number in range(90))))
        controls.start_sending(made)
        # A job of the same dataset begins once this one has ended, and another thread has that of another dataset.
        controls.start_sending(checked(csv_of(row("u-1"))), import_mode="FULL")
        controls.start_sending(checked("USER_ID,EMAIL,FULLNAME,AGE,GENDER\np-1,a,b,3,c\n", group="member-profiles"))
        assert sending_step()(never) == 0
        made.refresh_from_db()
        assert (made.stage, made.created_count) == (Stage.DONE, 90)

    def test_events_whose_fate_is_unknown_are_not_sent_again_and_those_that_follow_wait(self) -> None:
        heading = "USER_ID,SESSION_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP"
        events = [f"u-{number},s,i-1,Watch,1700000000" for number in range(4)]
        made = checked("\n".join([heading, *events, ""]), group="video-streaming", entity=INTERACTIONS)
        controls.start_sending(made)
        simulate("InternalFailure", 0, None, "operator")
        # At first it waits for a second, then for two.
        for unconfirmed, seconds in ((1, 1), (2, 2)):
            now = timezone.now()
            Import.objects.update(starts_at=now)
            work()
            made.refresh_from_db()
            assert (made.stage, made.unconfirmed_count) == (Stage.SENDING, unconfirmed)
            assert made.waiting_for.startswith("The local service had an internal error during personalize:PutEvents")
            assert made.starts_at >= now + timedelta(seconds=seconds)
        stop_simulating()
        Import.objects.update(starts_at=timezone.now())
        work()
        made.refresh_from_db()
        assert (made.stage, made.created_count, made.unconfirmed_count) == (Stage.DONE, 2, 2)
        assert made.waiting_for == ""

    def test_who_goes_on_counts_what_another_worker_has_just_sent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # However slow this machine is.
        monkeypatch.setattr("console.bulk.sending.targets.WINDOW", 60)
        made = sent(csv_of(*(row(f"u-{number}") for number in range(100))))
        assert calls_just_sent(made.dataset_arn, 60) == 10
        next_one = checked(csv_of(row("u-1")))
        assert target_of(next_one).pace.seconds_to_next() > 0
        assert calls_just_sent(made.dataset_arn, 0) == 0

    def test_an_import_goes_on_at_the_pace_of_the_one_before_it(self) -> None:
        first, second = checked(csv_of(row("u-1"))), checked(csv_of(row("u-2")))
        pace = target_of(first).pace
        pace.begin(8)
        assert target_of(second).pace is pace
        forget(first)
        assert target_of(second).pace is pace
        forget(second)
        assert target_of(second).pace is not pace


def test_the_share_of_the_rate_leaves_a_call_a_second_to_people() -> None:
    rates = {share: calls_per_second(Import(dataset_type="USERS", share=share)) for share in (100, 95, 80, 50, 10)}
    assert rates == {100: 10, 95: 9, 80: 8, 50: 5, 10: 1}


@pytest.mark.usefixtures("demo", "slow_time")
class TestToAws:
    def test_what_aws_refuses_is_set_aside_with_its_words(self, aws: StandIn) -> None:
        def refusing(received: Received) -> Iterable[Piece]:
            if received.operation == "PutUsers" and "u-3" in received.record_ids:
                return [http(400, REFUSAL)]
            return as_aws_answers(received)

        aws.answer = refusing
        made = sent(staging_csv(25), environment="staging", group="loyalty")
        assert (made.stage, made.created_count, made.refused_count) == (Stage.DONE, 15, 10)
        assert outcomes(made) == {Outcome.CREATED: 2, Outcome.REFUSED: 1}
        assert Submission.objects.get(outcome=Outcome.REFUSED).message == "age is wrong"

    def test_the_failed_ones_alone_are_retried(self, aws: StandIn) -> None:
        aws.answer = lambda received: (
            [http(400, REFUSAL)] if received.operation == "PutUsers" and "u-3" in received.record_ids
            else as_aws_answers(received)
        )  # fmt: skip
        made = sent(staging_csv(25), environment="staging", group="loyalty")
        aws.answer = as_aws_answers
        aws.received.clear()
        again = controls.retry(made, person=made.person, person_name="operator", address="")
        work()
        again.refresh_from_db()
        assert (again.stage, again.valid_count, again.new_count) == (Stage.CHECKED, 10, 10)
        controls.start_sending(again, share=100, leaves_out_same=False)
        work()
        again.refresh_from_db()
        assert (again.stage, again.created_count) == (Stage.DONE, 10)
        assert sorted(received_ids(aws)) == [f"u-{number}" for number in range(10)]

    def test_throttling_slows_it_and_every_row_arrives(self, aws: StandIn) -> None:
        answers = iter([http(400, THROTTLING)] * 12)

        def throttling(received: Received) -> Iterable[Piece]:
            given = next(answers, None) if received.operation == "PutUsers" else None
            return [given] if given else as_aws_answers(received)

        aws.answer = throttling
        made = sent(staging_csv(30), environment="staging", group="loyalty")
        assert (made.stage, made.created_count) == (Stage.DONE, 30)
        assert made.throttled_count >= 1

    @pytest.mark.parametrize("status", [500, 503])
    def test_failures_of_the_server_wait_and_go_on(self, aws: StandIn, status: int) -> None:
        answers = iter([status] * 7)

        def failing(received: Received) -> Iterator[Piece]:
            given = next(answers, None) if received.operation == "PutUsers" else None
            yield from [http(given, b"{}")] if given else as_aws_answers(received)

        aws.answer = failing
        made = sent(staging_csv(10), environment="staging", group="loyalty")
        assert (made.stage, made.created_count, made.waiting_for) == (Stage.DONE, 10, "")
        assert outcomes(made)[Outcome.CREATED] == 1

    def test_nobody_who_answers_is_waited_for(self, aws: StandIn, settings: LazySettings) -> None:
        made = checked(staging_csv(10), environment="staging", group="loyalty")
        answers: Iterator[list[Piece]] = iter([[], []])

        def silent(received: Received) -> Iterable[Piece]:
            given = next(answers, None) if received.operation == "PutUsers" else None
            return as_aws_answers(received) if given is None else given

        settings.CONSOLE_AWS_SECONDS, settings.CONSOLE_READ_SECONDS = 2, 1
        aws.answer = silent
        controls.start_sending(made, share=100, leaves_out_same=False)
        work()
        made.refresh_from_db()
        assert (made.stage, made.created_count) == (Stage.DONE, 10)

    def test_a_call_that_the_machine_had_no_time_to_begin_is_waited_for(
        self, aws: StandIn, settings: LazySettings
    ) -> None:
        made = checked(staging_csv(10), environment="staging", group="loyalty")
        settings.CONSOLE_AWS_SECONDS = 0
        controls.start_sending(made)
        sending_step()(never)
        made.refresh_from_db()
        assert (made.stage, made.problem, "did not respond" in made.waiting_for) == (Stage.SENDING, "", True)
        assert not aws.of("PutUsers")

    def test_after_a_pause_one_call_alone_tries_whether_anything_arrives(self, aws: StandIn) -> None:
        begun_by_then: list[int] = []

        def slow(received: Received) -> Iterator[Piece]:
            if received.operation == "PutUsers":
                yield 0.3
                begun_by_then.append(len(aws.of("PutUsers")))
            yield from as_aws_answers(received)

        made = checked(staging_csv(60), environment="staging", group="loyalty")
        assert target_of(made).pace.next_pause() == 1
        aws.answer = slow
        controls.start_sending(made)
        work()
        made.refresh_from_db()
        assert (made.stage, made.created_count) == (Stage.DONE, 60)
        assert begun_by_then[0] == 1
        assert max(begun_by_then) == 6

    def test_a_dataset_that_is_gone_pauses_it_for_a_person(self, aws: StandIn) -> None:
        gone = json.dumps({"__type": "ResourceNotFoundException", "message": "no dataset"}).encode()
        aws.answer = lambda received: (
            [http(404, gone)] if received.operation == "PutUsers" else as_aws_answers(received)
        )
        made = sent(staging_csv(10), environment="staging", group="loyalty")
        assert (made.stage, made.created_count, made.refused_count) == (Stage.PAUSED, 0, 0)
        assert made.problem == (
            f"AWS refused personalize:PutUsers on {DATASET_ARN}. ResourceNotFoundException: “no dataset” "
            "Check that it still exists, and that the environment is the right one."
        )
        aws.answer = as_aws_answers
        controls.resume(made)
        work()
        made.refresh_from_db()
        assert (made.stage, made.created_count) == (Stage.DONE, 10)

    @pytest.mark.parametrize(
        ("answers", "problem"),
        [
            (
                {"DescribeDataset": MISSING, "ListDatasets": http(200, b'{"datasets": []}')},
                "The dataset group loyalty has no Users dataset. Create the dataset again and resume, or cancel this "
                "import.",
            ),
            ({"DescribeDataset": MISSING, "DescribeDatasetGroup": MISSING}, "ResourceNotFoundException: “not there”"),
        ],
    )
    def test_what_is_missing_before_the_first_call_pauses_it_for_a_person(
        self, aws: StandIn, answers: dict[str, bytes], problem: str
    ) -> None:
        made = checked(staging_csv(10), environment="staging", group="loyalty")
        aws.answer = lambda received: (
            [answers[received.operation]] if received.operation in answers else as_aws_answers(received)
        )
        controls.start_sending(made)
        work()
        made.refresh_from_db()
        assert (made.stage, made.waiting_for) == (Stage.PAUSED, "")
        assert problem in made.problem
        assert not aws.of("PutUsers")

    def test_who_stood_still_between_writing_a_call_and_sending_it_looks_whether_another_has_taken_over(
        self, aws: StandIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("console.work.leases.SECONDS_TO_RENEWAL", 0)
        made = checked(staging_csv(10), environment="staging", group="loyalty")

        def taken_over(submission: Submission) -> Place:
            Import.objects.filter(pk=made.pk).update(lease="another")
            return reserve(submission)

        monkeypatch.setattr("console.bulk.sending.part_sending.reserve", taken_over)
        controls.start_sending(made)
        sending_step()(never)
        assert not aws.of("PutUsers")
        assert outcomes(made) == {Outcome.SENDING: 1}

    def test_a_schema_that_was_replaced_since_the_check_pauses_it(self, aws: StandIn) -> None:
        made = checked(staging_csv(10), environment="staging", group="loyalty")
        Import.objects.filter(pk=made.pk).update(schema_text=made.schema_text.replace("AGE", "OLD"))
        controls.start_sending(made, share=100, leaves_out_same=False)
        work()
        made.refresh_from_db()
        assert (made.stage, made.problem) == (
            Stage.PAUSED,
            "The dataset has another schema than when the file was uploaded. Cancel this import and upload the file "
            "again, or give the dataset that schema again, then resume.",
        )
        assert not aws.of("PutUsers")

    def test_the_lease_lasts_until_a_paused_import_has_all_answers(
        self, aws: StandIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("console.bulk.sending.part_sending.SECONDS_BETWEEN_COUNTS", 0.05)
        made = checked(staging_csv(20), environment="staging", group="loyalty")
        controls.start_sending(made, share=100)
        renewed: list[bool] = []

        def slow(received: Received) -> Iterator[Piece]:
            if received.operation == "PutUsers":
                yield 1
            yield from as_aws_answers(received)

        def pausing() -> bool:
            if Submission.objects.filter(bulk_import=made.key).count() == 1 and not renewed:
                controls.pause(made)
                # It is about to be over, were it not renewed.
                Import.objects.filter(pk=made.pk).update(leased_until=timezone.now() + timedelta(seconds=0.3))
                renewed.append(False)
            return False

        aws.answer = slow
        count = PartSending._count

        def counting(self: PartSending, **given: Any) -> None:
            count(self, **given)
            found = Import.objects.get(pk=made.pk)
            if found.stage == Stage.PAUSED and found.lease:
                assert found.leased_until is not None
                renewed.append(found.leased_until > timezone.now() + timedelta(seconds=5))

        monkeypatch.setattr(PartSending, "_count", counting)
        work(pausing)
        made.refresh_from_db()
        assert (made.stage, made.lease, made.created_count) == (Stage.PAUSED, "", 20)
        assert len(renewed) > 3
        assert all(renewed[1:])

    def test_no_id_is_in_two_calls_at_once(self, aws: StandIn) -> None:
        in_flight: Counter[str] = Counter()
        most: Counter[str] = Counter()

        def watching(received: Received) -> Iterator[Piece]:
            ids = received.record_ids if received.operation == "PutUsers" else []
            in_flight.update(ids)
            for each in ids:
                most[each] = max(most[each], in_flight[each])
            yield 0.05
            in_flight.subtract(ids)
            yield from as_aws_answers(received)

        aws.answer = watching
        made = sent(staging_csv(60), environment="staging", group="loyalty")
        assert made.created_count == 60
        assert set(most.values()) == {1}
        assert set(received_ids(aws).values()) == {1}


@pytest.mark.usefixtures("demo")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's connection of a test cannot be closed.")
def test_what_it_counts_is_in_the_trail_also_after_the_database_and_the_journal_failed(
    aws: StandIn, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    made = checked(staging_csv(20), environment="staging", group="loyalty")
    controls.start_sending(made, share=100, leaves_out_same=False)

    def without_journal(received: Received) -> Iterator[Piece]:
        if received.operation == "PutUsers":
            # Both calls are under way.
            yield 0.5
            shutil.rmtree(tmp_path / "outcomes", ignore_errors=True)
        yield from as_aws_answers(received)

    def locked(execute: Any, sql: str, *given: Any) -> Any:
        # What fails breaks the transaction of a test, which is none of the worker's.
        connection.set_rollback(False)
        if sql.startswith("UPDATE") and Submission._meta.db_table in sql.split()[1]:
            raise OperationalError("database is locked")
        return execute(sql, *given)

    aws.answer = without_journal
    with connection.execute_wrapper(locked):
        sending_step()(never)
        made.refresh_from_db()
    assert (made.stage, made.created_count) == (Stage.SENDING, 0)
    assert outcomes(made) == {Outcome.SENDING: 2}
    connection.set_rollback(False)
    Import.objects.update(starts_at=made.created_at)
    work()
    made.refresh_from_db()
    assert (made.stage, made.created_count) == (Stage.DONE, 20)
    assert outcomes(made) == {Outcome.CREATED: 2}
    assert set(received_ids(aws).values()) == {1}


@pytest.mark.usefixtures("demo")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's connection of a test cannot be closed.")
def test_what_is_counted_and_what_is_settled_are_written_together() -> None:
    made = checked(csv_of(*(row(f"u-{number}") for number in range(20))))
    controls.start_sending(made, share=100)

    def dying(execute: Any, sql: str, *given: Any) -> Any:
        if sql.startswith("UPDATE") and Part._meta.db_table in sql.split()[1]:
            raise OperationalError("the worker was killed")
        return execute(sql, *given)

    with connection.execute_wrapper(dying):
        sending_step()(never)
    made.refresh_from_db()
    assert (made.stage, made.created_count) == (Stage.SENDING, 0)
    Import.objects.update(starts_at=made.created_at)
    work()
    made.refresh_from_db()
    assert (made.stage, made.created_count) == (Stage.DONE, 20)
