"""The fields of an event that a request has as members of their own, and not in its `properties`.

Names, lengths and numbers are those of botocore's service model of personalize-events.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class EventMember:
    """A field of an event that a request has as a member of its own, and not in `properties`.

    `member` is its name in the event, with a dot before a name inside of it. `is_of_call` says that it stands beside
    the events instead, and is the same for all of them. `longest` is in characters; of a list, those of its text with
    `|` between its ids. `values` are the only ones, whatever their case.
    """

    field: str
    member: str
    type: str = "string"
    is_required: bool = False
    is_of_call: bool = False
    is_list: bool = False
    is_ascii: bool = False
    longest: int = 256
    values: tuple[str, ...] = ()


# Members of both kinds of events, as schemas name them. In a schema IMPRESSION is text of at most 1000 characters
# ("Endpoints and quotas"); in a request it is a list of ids.
SESSION_ID = "SESSION_ID"
EVENT_TYPE = EventMember("EVENT_TYPE", "eventType", is_required=True)
EVENT_ID = EventMember("EVENT_ID", "eventId")
RECOMMENDATION_ID = EventMember("RECOMMENDATION_ID", "recommendationId", longest=40)
IMPRESSION = EventMember("IMPRESSION", "impression", is_list=True, longest=1000)
MOST_IN_IMPRESSION = 25
# Names that an event's properties may not have, in any case (API reference, Event).
NOT_IN_PROPERTIES = ("USER_ID", SESSION_ID, "EVENT_TYPE", "TIMESTAMP", "RECOMMENDATION_ID", "IMPRESSION")
