"""The environments' settings at start: an entry for each environment that is new, changed or removed.

They come from a file that anyone who runs the console can edit. Unchanged environments get no entry.
"""

from typing import Any

from console.activity.models import Entry, Kind
from console.activity.recording import NOBODY, record_activity
from console.personalize.environments import Environment, environments

NEW, CHANGED, REMOVED = "new", "changed", "removed"


def record_environments() -> None:
    """Record how the environments differ from those of the last start."""
    before = _last_settings()
    now = {name: settings_of(environment) for name, environment in environments().items()}
    for name, settings in now.items():
        known = before.get(name)
        if known is None:
            _record(name, NEW, settings)
        elif known != settings:
            changed = [key for key in {**known, **settings} if known.get(key) != settings.get(key)]
            _record(name, CHANGED, settings, changed=changed, before={key: known.get(key) for key in changed})
    for name in before.keys() - now.keys():
        _record(name, REMOVED, {})


def settings_of(environment: Environment) -> dict[str, Any]:
    """Return the settings of an environment to record, without unset ones and without secrets.

    For an external ID, only whether there is one.
    """
    settings: dict[str, Any] = {
        "label": environment.label,
        "region": environment.region,
        "account": environment.account,
        "profile": environment.profile,
        "role_arn": environment.role_arn,
        "endpoint_url": environment.endpoint_url,
        "external_id": bool(environment.external_id),
        "read_only": environment.read_only,
        "guarded": environment.guarded,
        "import_bucket": environment.import_bucket,
        "import_role_arn": environment.import_role_arn,
        "viewers": None if environment.viewers is None else [*environment.viewers],
        "operators": None if environment.operators is None else [*environment.operators],
    }
    return {key: value for key, value in settings.items() if value not in (None, "", False)}


def _last_settings() -> dict[str, dict[str, Any]]:
    """Return the settings of each environment at the last start."""
    last: dict[str, dict[str, Any]] = {}
    for name, facts in Entry.objects.filter(kind=Kind.ENVIRONMENT).order_by("pk").values_list("name", "facts"):
        if facts["change"] == REMOVED:
            last.pop(name, None)
        else:
            last[name] = facts["settings"]
    return last


def _record(name: str, change: str, settings: dict[str, Any], **more: Any) -> None:
    facts = {"change": change, "settings": settings, **more}
    record_activity(Kind.ENVIRONMENT, name, noun="environment", environment=name, who=NOBODY, facts=facts)
