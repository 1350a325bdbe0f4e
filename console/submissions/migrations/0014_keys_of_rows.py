"""Let the triggers of SQLite know each key by which one row may replace another: its rowid, and what is unique in it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from console.submissions.triggers.event_triggers import drop_event_triggers, make_event_triggers
from console.submissions.triggers.log_triggers import drop_log_triggers, make_log_triggers
from console.submissions.triggers.origin_triggers import drop_origin_triggers, make_origin_triggers
from console.submissions.triggers.submission_triggers import remake_triggers


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("history", "0013_calls_of_a_press")]

    # An older version has no other names for them, and may keep them.
    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(remake_triggers, migrations.RunPython.noop),
        migrations.RunPython(drop_event_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_event_triggers, migrations.RunPython.noop),
        migrations.RunPython(drop_log_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_log_triggers, migrations.RunPython.noop),
        migrations.RunPython(drop_origin_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_origin_triggers, migrations.RunPython.noop),
    ]
