"""Why a dataset's events cannot be sent yet: they need the tracking ID of an event tracker."""

from console.pages.frame.template_tags.labels import status_words
from console.personalize.datasets import DescribedDataset
from console.personalize.event_trackers import is_deleting, is_failed


def why_not_sent(dataset: DescribedDataset) -> str:
    """Return why no records of a dataset can be sent now; "" if they can, or if AWS does not answer now."""
    if dataset.target or dataset.tracker_failure:
        return ""
    events = dataset.entity.plural
    if dataset.entity.has_own_tracker:
        return f"This dataset has no tracking ID yet. {events} can be sent once Amazon Personalize has given it one."
    if dataset.tracker is None:
        return f"This dataset group has no event tracker. {events} can be sent once it has one that is Active."
    name, status = dataset.tracker["name"], dataset.tracker["status"]
    if is_deleting(status):
        return f"The event tracker {name} is being deleted. {events} can be sent once another one is Active."
    if is_failed(status):
        needed = f"Delete it and create another one: {dataset.entity.nouns} can be sent once that is Active."
        return f"The event tracker {name} has the status {status_words(status)}. {needed}"
    return f"The event tracker {name} has the status {status_words(status)}. {events} can be sent once it is Active."
