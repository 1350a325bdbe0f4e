"""The settings of environments as the console starts with them: an entry for each that is new, changed or gone.

They come from a file that anybody may change who runs the console. What a start finds as it was is not written again.
"""

from typing import Any

from console.activity.models import Entry, Kind
from console.activity.recording import NOBODY, record_activity
from console.personalize.environments import Environment, environments

NEW, CHANGED, REMOVED = "new", "changed", "removed"


def record_environments() -> None:
    """Write what is other in the environments than at the last start."""
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
    """Return the settings of an environment that entries have, without those that are not given, and without secrets.

    Of an external ID there is only that one is given.
    """
    found: dict[str, Any] = {
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
    return {key: value for key, value in found.items() if value not in (None, "", False)}


def _last_settings() -> dict[str, dict[str, Any]]:
    """Return the settings of each environment at the last start."""
    found: dict[str, dict[str, Any]] = {}
    for name, facts in Entry.objects.filter(kind=Kind.ENVIRONMENT).order_by("pk").values_list("name", "facts"):
        if facts["change"] == REMOVED:
            found.pop(name, None)
        else:
            found[name] = facts["settings"]
    return found


def _record(name: str, change: str, settings: dict[str, Any], **more: Any) -> None:
    facts = {"change": change, "settings": settings, **more}
    record_activity(Kind.ENVIRONMENT, name, noun="environment", environment=name, who=NOBODY, facts=facts)
