"""What was done, as a sentence in the past, made of an entry's kind, noun, name and facts."""

from collections.abc import Callable, Mapping
from typing import Any

from console.activity.models import Entry, Kind

# Flags of an account, in words.
ROLES = {
    "is_superuser": ("as an administrator", "made an administrator", "no longer an administrator"),
    "is_staff": (
        "with access to Django's administration",
        "access to Django's administration given",
        "access to Django's administration taken away",
    ),
}
FIELDS = {"username": "name", "email": "e-mail address", "first_name": "first name", "last_name": "last name"}


# PostgreSQL keeps members of JSON in an order of its own, so that those of facts are sorted.


def sentence(entry: Entry) -> str:
    """Return what was done, with the names and numbers that it has."""
    return SENTENCES[Kind(entry.kind)](entry)


def _signed_in(entry: Entry) -> str:
    return "Signed in" + _with_provider(entry)


def _signed_out(entry: Entry) -> str:
    if entry.facts.get("by_itself"):
        return "Signed out: the session was idle for too long, or too old"
    if "sessions" not in entry.facts:
        return "Signed out"
    number = entry.facts["sessions"]
    ended = f"{number} session{'' if number == 1 else 's'} ended"
    return f"Signed {entry.name} out everywhere: {ended}" if entry.name else f"Signed out everywhere else: {ended}"


def _sign_in_failed(entry: Entry) -> str:
    if entry.facts.get("at_change"):
        return f"Failed to change their password: the old one was wrong{_and_no_more(entry)}"
    known = "" if entry.person_name or "provider" in entry.facts else ": there is no account of the name typed"
    return f"Failed to sign in{_with_provider(entry)}{known}{_and_no_more(entry)}"


def _locked_out(entry: Entry) -> str:
    minutes = entry.facts["minutes"]
    length = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"Locked out for {length} after too many failures{_and_no_more(entry)}"


def _and_no_more(entry: Entry) -> str:
    return "; more failures within an hour are not listed" if entry.facts.get("is_last") else ""


def _with_provider(entry: Entry) -> str:
    return f" with {entry.facts['provider']}" if "provider" in entry.facts else ""


def _account_created(entry: Entry) -> str:
    # Administrators have access to Django's administration too, which goes without saying.
    made = next((words for field, (words, *_changed) in ROLES.items() if entry.facts.get(field)), "")
    return f"Created the account {entry.name}" + (f", {made}" if made else "")


def _account_changed(entry: Entry) -> str:
    return f"Changed the account {entry.name}: {_changes(entry.facts)}"


def _group_changed(entry: Entry) -> str:
    return f"Changed the group {entry.name}: {_changes(entry.facts)}"


def _changes(facts: Mapping[str, Any]) -> str:
    """Return what was changed of an account or a group, in the words of a list."""
    fields = dict(sorted(facts.get("fields", {}).items()))
    # Administrators get access to Django's administration, and lose it, with their role.
    is_implied = "is_superuser" in fields and fields.get("is_staff") == fields["is_superuser"]
    changes = [_change(field, *values) for field, values in fields.items() if not (is_implied and field == "is_staff")]
    if "link_hours" in facts:
        changes.append(f"one-time link to set a password made, valid for {facts['link_hours']:g} hours")
    for change, of_group in (("added", "added to"), ("removed", "removed from")):
        if names := facts.get(change):
            verb = of_group if facts["relation"] == "group" else change
            changes.append(f"{verb} the {facts['relation']}{'s' * (len(names) > 1)} {_listed(names)}")
    return "; ".join(changes)


def _change(field: str, before: Any, after: Any) -> str:
    if field in ROLES:
        _made, given, taken_away = ROLES[field]
        return given if after else taken_away
    if field == "is_active":
        return "activated" if after else "deactivated"
    if field == "password":
        return "password removed" if after is False else "password set"
    ends = [f"{word} {value}" for word, value in (("from", before), ("to", after)) if value]
    return " ".join([FIELDS.get(field, field), "changed", *ends])


def _of_thing(verb: str) -> Callable[[Entry], str]:
    def words(entry: Entry) -> str:
        is_within = entry.dataset_group and entry.dataset_group != entry.name
        where = f" in the dataset group {entry.dataset_group}" if is_within else ""
        return f"{verb} the {entry.noun} {entry.name}{where}"

    return words


def _schema_replaced(entry: Entry) -> str:
    return f"{_of_thing('Replaced the schema of')(entry)} by {entry.facts['schema']}"


def _tags_changed(entry: Entry) -> str:
    done = [
        f"{verb} {_listed(names)}"
        for what, verb in (("removed", "removed"), ("added", "added or changed"))
        if (names := entry.facts.get(what))
    ]
    return f"{_of_thing('Changed the tags of')(entry)}: {'; '.join(done)}"


def _exported(entry: Entry) -> str:
    number = "" if entry.row_count is None else f"{entry.row_count:,} row{'' if entry.row_count == 1 else 's'} of "
    of_group = f" of the dataset group {entry.dataset_group}" if entry.dataset_group else ""
    kind = f" as {entry.facts['format']}" if "format" in entry.facts else ""
    properties = ", with properties" if entry.facts.get("properties") else ""
    properties += " and the values before" if entry.facts.get("before") else ""
    filters = entry.facts.get("filters") or {}
    chosen = (
        f", filtered by {_listed([f'{name}: {value}' for name, value in sorted(filters.items())])}" if filters else ""
    )
    of_job = f" of the job {entry.facts['job']}" if "job" in entry.facts else ""
    what = f"{number}{entry.noun}{f' {entry.name}' if entry.name else ''}"
    return f"Exported {what}{of_job}{of_group}{kind}{properties}{chosen}"


def _redacted(entry: Entry) -> str:
    number = "" if entry.row_count is None else f": {entry.row_count:,} record{'' if entry.row_count == 1 else 's'}"
    return f"{_of_thing('Redacted what was sent of')(entry)}{number}"


def _simulated(entry: Entry) -> str:
    calls, seconds = entry.facts.get("calls"), entry.facts.get("seconds")
    number = "all calls" if calls is None else "the next call" if calls == 1 else f"the next {calls} calls"
    return f"Simulated the response {entry.name} for {number}" + (f", after {seconds:g} s" if seconds else "")


def _environment(entry: Entry) -> str:
    change, settings = entry.facts["change"], entry.facts["settings"]
    if change == "removed":
        return f"The environment {entry.name} is no longer configured"
    before = entry.facts.get("before", {})
    shown = settings if change == "new" else {key: settings.get(key) for key in entry.facts["changed"]}
    words = [
        f"{key.replace('_', ' ')} {_value(value)}" + (f" (before: {_value(before.get(key))})" * (change == "changed"))
        for key, value in sorted(shown.items())
    ]
    return f"The environment {entry.name} is {change}: {_listed(words)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value) or "nobody"
    return str(value) if value not in (None, "") else "none"


def _listed(texts: list[str]) -> str:
    return ", ".join(texts)


def _plainly(text: str) -> Callable[[Entry], str]:
    return lambda _entry: text


def _named(text: str) -> Callable[[Entry], str]:
    return lambda entry: text.format(entry.name)


SENTENCES: dict[Kind, Callable[[Entry], str]] = {
    Kind.SIGNED_IN: _signed_in,
    Kind.SIGNED_OUT: _signed_out,
    Kind.SIGN_IN_FAILED: _sign_in_failed,
    Kind.LOCKED_OUT: _locked_out,
    Kind.LOCK_OUT_LIFTED: _named("Lifted the lock-out of {}"),
    Kind.ACCOUNT_CREATED: _account_created,
    Kind.ACCOUNT_CHANGED: _account_changed,
    Kind.ACCOUNT_DELETED: _named("Deleted the account {}"),
    Kind.GROUP_CREATED: _named("Created the group {}"),
    Kind.GROUP_CHANGED: _group_changed,
    Kind.GROUP_DELETED: _named("Deleted the group {}"),
    Kind.CREATED: _of_thing("Created"),
    Kind.DELETED: _of_thing("Deleted"),
    Kind.SCHEMA_REPLACED: _schema_replaced,
    Kind.TAGS_CHANGED: _tags_changed,
    Kind.EXPORTED: _exported,
    Kind.REDACTED: _redacted,
    Kind.SIMULATED: _simulated,
    Kind.SIMULATION_STOPPED: _plainly("Stopped simulating responses"),
    Kind.DEMO_RESET: _plainly("Reset the demo data"),
    Kind.ENVIRONMENT: _environment,
}
