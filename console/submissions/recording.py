"""Write AWS's responses into the trail, even if the database fails meanwhile.

An answer goes into the journal first, and then into the database. Where the database stays away, the answer stays in
the journal, which each process of the server looks into when it starts, and every few seconds after that. An answer
that the journal does not take either stays in the memory of its process, which writes it as soon as it can, and before
it ends.
"""

import logging
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import Event, Thread
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection

from console.storage.database_trouble import SECONDS_BETWEEN_TRIES, Trouble, database_trouble, patiently
from console.submissions import journal
from console.submissions.answers import write_answer
from console.submissions.models import Outcome, Submission

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_BEFORE_END = 3.0
# Not JSON's own.
MOMENT = "completed_at"

# Answers that neither the journal nor the database took, and that are lost with this process: the journal had no room
# when nothing was sent yet, or its file was removed, or the disk failed, while AWS worked. No more are held.
MOST_HELD = 1000

_held: dict[UUID, Mapping[str, Any]] = {}
_wake = Event()


def record(
    submission: Submission, fields: Mapping[str, Any], entry: journal.Entry | None, seconds: float | None
) -> None:
    """Write an answer, trying for so many seconds, and let the submission have it: `is_recorded` says whether it is.

    None leaves the database alone, which has just failed to take another answer: the journal keeps this one meanwhile.

    Takes the fields as `answer_fields` makes them, and the submission's entry in the journal, None where none could be
    reserved. It is removed when the database has them; `is_kept` says whether it had them. Where neither has them,
    this process holds them; `is_held` says whether it does.
    """
    submission.take(fields)
    if entry is not None:
        try:
            entry.write(_as_text(fields))
        except OSError as error:
            log.error("The outcome of the submission %s is not in the journal (%s).", submission.pk, error.strerror)
        else:
            submission.is_kept = True
    submission.is_recorded = seconds is not None and _try_to_write(submission.pk, fields, time.monotonic() + seconds)
    if entry is not None and submission.is_recorded:
        entry.remove()
    elif entry is not None:
        entry.close()
    if not submission.is_recorded:
        if not submission.is_kept and len(_held) < MOST_HELD:
            _held[submission.pk] = fields
            submission.is_held = True
        _wake.set()


def _as_text(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an answer as the journal has them."""
    return {**fields, MOMENT: fields[MOMENT].isoformat()}


def settle(key: UUID) -> bool:
    """Write the answer that the journal has of a submission into its row; return whether the row has it now.

    Raise the database's error where it takes nothing. An answer that is there already stays as it is.
    """
    with journal.left(key) as entry:
        if entry is None:
            return False
        try:
            fields = _answer_in(entry)
        except _UnknownAnswerError:
            journal.say_once(key, "has no answer that this version of the console can read")
            return False
        if fields is None:
            # Its process ended before there was an answer.
            entry.remove()
            return False
        if not _write(key, fields):
            journal.say_once(key, "has an answer, and the database has no such submission")
            return False
        entry.remove()
        log.info("The outcome of the submission %s is in the trail now.", key)
        return True


def with_known_answer(submission: Submission) -> Submission:
    """Return a submission that has its answer, if the journal or this process has it.

    `is_recorded` says whether the database has it. Raise the database's error if it is a defect.
    """
    if submission.outcome != Outcome.SENDING:
        return submission
    try:
        if _settle_held(submission.pk) or settle(submission.pk):
            submission.refresh_from_db()
    except (DatabaseError, InterfaceError) as error:
        if database_trouble(error) is None:
            raise
        if held := _held.get(submission.pk):
            submission.take(held)
            submission.is_recorded, submission.is_held = False, True
            return submission
        with journal.left(submission.pk) as entry, suppress(_UnknownAnswerError):
            fields = _answer_in(entry) if entry else None
            if fields:
                submission.take(fields)
                submission.is_recorded, submission.is_kept = False, True
    return submission


class _UnknownAnswerError(Exception):
    """An answer that cannot be read here, as one of another version of the console, for which it is left."""


def _answer_in(entry: journal.Entry) -> dict[str, Any] | None:
    """Return the fields of the answer that an entry of the journal has; None if it has none."""
    try:
        found = entry.read()
        if found is None:
            return None
        if not all(hasattr(Submission, field) for field in found):
            raise _UnknownAnswerError
        return {**found, "outcome": Outcome(found["outcome"]), MOMENT: datetime.fromisoformat(found[MOMENT])}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise _UnknownAnswerError from error


def settle_all() -> int:
    """Write all answers that the journal or this process has, and nobody waits for; return how many.

    Raise the database's error.
    """
    # The journal cannot be read where its disk fails.
    return settle_held([*_held]) + sum(settle(key) for key in journal.known())


def settle_held(keys: Iterable[UUID]) -> int:
    """Write the answers to submissions that this process holds; return how many. Raise the database's error."""
    return sum(_settle_held(key) for key in keys)


def settle_before_end(seconds: float = SECONDS_BEFORE_END) -> int:
    """Write the answers that this process holds, which is about to end; return how many are lost with it.

    After so many seconds, the journal gets what the database does not take: it may work again by now.
    """
    until, is_taken = time.monotonic() + seconds, True
    for key in [*_held]:
        fields = _held[key]
        is_taken = is_taken and _try_to_write(key, fields, until)
        if is_taken or _is_in_journal(key, fields):
            _held.pop(key, None)
        else:
            log.error(
                "The outcome of the submission %s is lost with this process: %s, HTTP status %s, request ID %s.",
                key,
                fields["outcome"],
                fields.get("http_status"),
                fields.get("request_id"),
            )
    return len(_held)


def _is_in_journal(key: UUID, fields: Mapping[str, Any]) -> bool:
    try:
        entry = journal.reserve(key)
        try:
            entry.write(_as_text(fields))
        finally:
            entry.close()
    except OSError:
        return False
    return True


def settling(_stopping: object) -> float:
    """Write what the journal and this process have, as a step of the worker; raise the database's error."""
    settle_all()
    return SECONDS_BETWEEN_LOOKS if _held or journal.known() else float("inf")


def _settle_held(key: UUID) -> bool:
    fields = _held.get(key)
    if fields is None:
        # Another thread has settled it.
        return False
    is_written = _write(key, fields)
    if not is_written:
        log.error("The database has no submission %s, whose outcome is known.", key)
    _held.pop(key, None)
    return is_written


def keep_settling() -> None:
    """Begin to write what the journal has, now and every few seconds, in a thread that ends with the process."""
    Thread(target=_keep_settling, name="journal of outcomes", daemon=True).start()


def _keep_settling() -> None:
    while True:
        try:
            if _held or journal.known():
                settle_all()
        except (DatabaseError, InterfaceError, OSError) as error:
            log.warning("The journal of outcomes is waiting: %s.", type(error.__cause__ or error).__name__)
        except Exception:
            log.exception("The journal of outcomes failed unexpectedly.")
        finally:
            connection.close()
        _wake.wait(SECONDS_BETWEEN_LOOKS)
        if _wake.is_set():
            # The request that has woken this thread found the database unusable a moment ago.
            _wake.clear()
            time.sleep(SECONDS_BETWEEN_TRIES)


def _try_to_write(key: UUID, fields: Mapping[str, Any], until: float) -> bool:
    def tell(found: Trouble) -> None:
        log.warning("The outcome of the submission %s is not in the trail yet: %s.", key, found.kind.value)

    try:
        return patiently(lambda: _write(key, fields), until, tell)
    except (DatabaseError, InterfaceError) as error:
        if database_trouble(error) is None:
            log.exception("The database refused the outcome of the submission %s.", key)
        return False


def _write(key: UUID, fields: Mapping[str, Any]) -> bool:
    """Write an answer; return whether the row has one. A try before may have written it, and lost the word of that."""
    if write_answer(key, fields):
        return True
    return Submission.objects.filter(pk=key).exists()
