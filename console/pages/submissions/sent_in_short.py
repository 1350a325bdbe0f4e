"""The template tag that summarizes what a submission sent, without rendering a template for each row of a list."""

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from console.pages.frame.template_tags.shown_ids import shown_id
from console.records.event_parts import EventParts
from console.submissions.models import Submission

register = template.Library()

# Most events, or users of events, that are named.
MOST = 3
LONGEST_LIST, LONGEST_ID, LONGEST_TYPE = 60, 40, 30


@register.simple_tag
def sent_in_short(submission: Submission, may_see_properties: bool) -> SafeString:
    """Return the number of records of a submission, and their ids; for events, who did what.

    People who may not see properties see only the users of events.
    """
    return format_html(
        "{}: {}", submission.entity.counted(submission.record_count), _summary(submission, may_see_properties)
    )


def _summary(submission: Submission, may_see_properties: bool) -> SafeString:
    if not submission.entity.is_event:
        return format_html("<bdi>{}</bdi>", _cut(", ".join(submission.record_id_list), LONGEST_LIST))
    if not may_see_properties or submission.redacted_at:
        users = (user_id for user_id, _same in groupby(submission.record_id_list[:MOST]))
        return format_html_join(", ", "{}", ((_user(user_id),) for user_id in users))
    groups = groupby(submission.events[:MOST], lambda event: event.who)
    shown = format_html_join(", ", "{} ({})", ((_who(*who), _actions(events)) for who, events in groups))
    others = submission.record_count - MOST
    return format_html("{} and {} more", shown, others) if others > 0 else shown


def _user(user_id: str) -> SafeString | str:
    return _id(user_id) if user_id else "anonymous"


def _who(user_id: str, session_id: str) -> SafeString:
    return _id(user_id) if user_id else format_html("anonymous, session {}", _id(session_id))


def _actions(events: Iterable[EventParts]) -> SafeString:
    return format_html_join(
        ", ",
        "{}{}",
        (
            (
                _cut(shown_id(event.event_type), LONGEST_TYPE),
                format_html(" {}", _id(event.object_id)) if event.object_id else "",
            )
            for event in events
        ),
    )


def _id(entity_id: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", _cut(shown_id(entity_id), LONGEST_ID))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else Truncator(text).chars(longest)
