"""Earlier demos: submissions to the local service from before its demo data was reset."""

from django.http import HttpRequest, HttpResponse

from console.pages.frame.decorators import environment_page
from console.pages.frame.table_kinds import Column, Kind
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import arrange
from console.personalize.environments import Environment
from console.submissions.trails.own_trail import earlier_demos as origins
from console.submissions.trails.trails import Trail, trails_of

TABLE = Kind(
    "earlier_demos",
    "dataset groups",
    (
        Column("group", "Dataset group", lambda row: row.dataset_group.lower()),
        Column("demo", "Demo", lambda row: row.origin.generation),
        Column("submissions", "Submissions", lambda row: row.submissions),
        Column("first", "First submitted", lambda row: row.first_at),
        Column("created", "Last submitted", lambda row: row.last_at),
    ),
)


@environment_page(
    "earlier-demos/", "Earlier demos", parent="dataset_groups", is_local=True, position=3, tables=(TABLE,)
)
def earlier_demos(request: HttpRequest, environment: Environment) -> HttpResponse:
    """List the dataset groups with submissions from before a reset of the demo, the latest demo first."""
    table = arrange(request, TABLE, trails_of(origins()), filtered_by=_words)
    return show_table(request, "submissions/earlier_demos.html", table)


def _words(row: Trail) -> str:
    return f"{row.dataset_group} {row.origin.demo}"
