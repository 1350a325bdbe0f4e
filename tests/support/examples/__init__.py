"""One example of each type of dataset: its schema, a record, what is sent of it, and what is stored of it.

All of it is literal, and nothing is taken from the code that is tested. What is true of every type is tested by these.
"""

from tests.support.examples.events import ACTION_INTERACTIONS, INTERACTIONS
from tests.support.examples.example import GROUP, PATH, Example
from tests.support.examples.records import ACTIONS, ITEMS, USERS

__all__ = ["EVENTS", "EXAMPLES", "GROUP", "PATH", "RECORDS", "Example"]

RECORDS = (USERS, ITEMS, ACTIONS)
EVENTS = (INTERACTIONS, ACTION_INTERACTIONS)
EXAMPLES = (*RECORDS, *EVENTS)
