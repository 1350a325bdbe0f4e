"""The one table: the entries of all operations that are answered."""

from tests.local.ledger import dataset_groups, datasets, event_trackers, jobs, recommendations, records, schemas, tags
from tests.local.ledger.entry import Entry

RESOURCES = (dataset_groups, datasets, event_trackers, jobs, recommendations, records, schemas, tags)
TABLE: dict[str, Entry] = {name: entry for each in RESOURCES for name, entry in sorted(each.ENTRIES.items())}
# Errors that the models do not have, by operation. Throttling is an error that any service of AWS may answer with.
WITHOUT_MODEL = frozenset(
    {
        ("ListDatasetGroups", "InvalidInputException"),
        ("ListSchemas", "InvalidInputException"),
        *((name, "ThrottlingException") for name in records.ENTRIES),
    }
)
