"""Say of each record that was sent where it went: by its endpoint, in place of its environment's name.

Of an environment that is not configured any more, the endpoint is not known. AWS's is taken for it: an ARN with an
account's number names one dataset of AWS, and other endpoints are rare. No harm comes of it where it is wrong, since
what such an environment sent is shown to administrators alone. An ARN of the account 000000000000, which only services
that stand in for AWS have, keeps the environment's name instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.personalize.connections.endpoints import endpoints

OF_NO_ACCOUNT = "arn:%:000000000000:%"
TRIGGER = "history_sentuser_update"


def name_endpoints(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the endpoint in place of the environment's name, which has no space, in each record that was sent."""
    submissions = apps.get_model("history", "Submission").objects.order_by()
    names = set(submissions.values_list("environment", flat=True).distinct())
    known = _endpoints() if names - {"local"} else {}
    with _without_trigger(editor):
        for name in sorted(names - {"local"}):
            endpoint = known.get(name)
            more, parameters = ("", []) if endpoint else (" AND dataset NOT LIKE %s", [f"{name} {OF_NO_ACCOUNT}"])
            with editor.connection.cursor() as cursor:
                cursor.execute(
                    # A space may follow the name alone, so that no other environment's name begins with it.
                    f"UPDATE history_sentuser SET dataset = %s || substr(dataset, %s) WHERE dataset LIKE %s{more}",
                    [endpoint or "aws", len(name) + 1, f"{name} %", *parameters],
                )


def name_environments(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it back: the environment of the submission has been there all the time."""
    with _without_trigger(editor), editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE history_sentuser SET dataset = (SELECT environment || ' ' || dataset_arn FROM history_submission"
            " WHERE history_submission.id = history_sentuser.submission_id) WHERE dataset NOT LIKE 'local %%'",
            [],
        )


def _endpoints() -> dict[str, str]:
    try:
        found: dict[str, str] = endpoints()
    except ValueError as error:
        raise CommandError(f"{error} Nothing was changed. The trail needs the environments' endpoints.") from error
    return found


@contextmanager
def _without_trigger(editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """Let a block change records that were sent. The trigger comes back as it was: it is another migration's."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"ALTER TABLE history_sentuser DISABLE TRIGGER {TRIGGER}", params=None)
        yield
        editor.execute(f"ALTER TABLE history_sentuser ENABLE TRIGGER {TRIGGER}", params=None)
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [TRIGGER])
        (trigger,) = cursor.fetchone()
    editor.execute(f"DROP TRIGGER {TRIGGER}", params=None)
    yield
    editor.execute(trigger, params=None)


class Migration(migrations.Migration):
    dependencies = [("history", "0006_dataset_events")]

    operations = [migrations.RunPython(name_endpoints, name_environments)]
