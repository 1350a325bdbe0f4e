"""The response to a submission: its values as every database can store them, and writing it into the row, once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from console.submissions.models import Outcome, SentRecord, Submission

# The longest texts of an answer that are kept, in characters: what AWS, or what stands for it, says has no limit.
LONGEST = {"sentence": 2_000, "message": 8_000, "advice": 1_000}


def answer_fields(outcome: Outcome, **answer: Any) -> dict[str, Any]:
    """Return the fields of a response that came now, with values that every database can store."""
    fields = {field: _storable(field, value) if isinstance(value, str) else value for field, value in answer.items()}
    return {**fields, "outcome": outcome, "completed_at": timezone.now()}


def write_answer(key: UUID, fields: Mapping[str, Any]) -> bool:
    """Write the fields of a response into a submission's row; return False if it has one already or is gone.

    If the submission or one of its records was redacted meanwhile, AWS's message is left out: it may quote them.
    """
    waiting = Submission._base_manager.filter(pk=key, outcome=Outcome.SENDING)
    redacted_records = SentRecord.objects.filter(submission=models.OuterRef("pk"), properties="")
    is_redacted = models.Q(redacted_at__isnull=False) | models.Exists(redacted_records)
    without = {**fields, "message": ""}
    return bool(waiting.exclude(is_redacted).update(**fields) or waiting.filter(is_redacted).update(**without))


def _storable(field: str, value: str) -> str:
    """Return a text that every database can store: any server may be behind an endpoint."""
    characters = value.encode(errors="replace").decode().replace("\0", "\ufffd")
    longest = LONGEST.get(field)
    if longest is not None and len(characters) > longest:
        return f"{characters[:longest]}… ({len(characters) - longest} more characters)"
    return characters[: getattr(Submission._meta.get_field(field), "max_length", None)]
