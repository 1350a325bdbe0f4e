"""Entries for changes of accounts and groups, each written in the transaction of the change.

They are written by Django's signals, and so cover the admin site, commands and the OpenID provider's groups. A query
set's `update` sends no signal; the console never updates accounts that way.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from console.activity.models import Kind
from console.activity.recording import Who, record_activity
from console.people.lock_out import lock_out_lifted
from console.people.sessions import sessions_ended

# The account fields whose changes are recorded; for a password, only that it was set or removed.
WATCHED = ("username", "first_name", "last_name", "email", "is_active", "is_superuser", "is_staff", "password")
BEFORE = "_before_activity"
# The nouns that sentences use for each model.
NOUNS: dict[type[Model], str] = {Group: "group", Permission: "permission", User: "account"}


def listen() -> None:
    """Connect the signals of accounts and groups."""
    pre_save.connect(_before_save, sender=User, dispatch_uid="activity")
    post_save.connect(_account_saved, sender=User, dispatch_uid="activity")
    post_delete.connect(_account_deleted, sender=User, dispatch_uid="activity")
    pre_save.connect(_before_save, sender=Group, dispatch_uid="activity")
    post_save.connect(_group_saved, sender=Group, dispatch_uid="activity")
    post_delete.connect(_group_deleted, sender=Group, dispatch_uid="activity")
    for relation in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_members_changed, sender=relation, dispatch_uid="activity")
    lock_out_lifted.connect(_lock_out_lifted, dispatch_uid="activity")
    sessions_ended.connect(_sessions_ended, dispatch_uid="activity")


def _before_save(instance: Any, raw: bool, using: str, update_fields: Any = None, **_more: Any) -> None:
    """Remember the stored values of an object's watched fields before it is saved."""
    watched = [field for field in _watched(instance) if update_fields is None or field in update_fields]
    if raw or not watched or instance._state.adding:
        setattr(instance, BEFORE, {})
        return
    stored = type(instance).objects.using(using).filter(pk=instance.pk)
    setattr(instance, BEFORE, stored.values(*watched).first() or {})


def _watched(instance: User | Group) -> tuple[str, ...]:
    return WATCHED if isinstance(instance, User) else ("name",)


def _account_saved(instance: User, created: bool, raw: bool, **_more: Any) -> None:
    if created and not raw:
        has = {field: True for field in ("is_superuser", "is_staff") if getattr(instance, field)}
        record_activity(Kind.ACCOUNT_CREATED, instance.username, noun="account", facts=has)
    elif fields := _changed(instance):
        record_activity(Kind.ACCOUNT_CHANGED, instance.username, noun="account", facts={"fields": fields})


def _group_saved(instance: Group, created: bool, raw: bool, **_more: Any) -> None:
    if created and not raw:
        record_activity(Kind.GROUP_CREATED, instance.name, noun="group")
    elif fields := _changed(instance):
        record_activity(Kind.GROUP_CHANGED, instance.name, noun="group", facts={"fields": fields})


def _changed(instance: Any) -> dict[str, tuple[Any, Any]]:
    """Return the fields whose values the save changed, each with its old and new value."""
    before: Mapping[str, Any] = getattr(instance, BEFORE, {})
    changed = {field: value for field, value in before.items() if value != getattr(instance, field)}
    if "password" in changed and instance._password is None and instance.has_usable_password():
        # Django rehashes an unchanged password when the preferred hasher has changed.
        changed.pop("password")
    return {
        field: (None, instance.has_usable_password()) if field == "password" else (value, getattr(instance, field))
        for field, value in changed.items()
    }


def _account_deleted(instance: User, **_more: Any) -> None:
    record_activity(Kind.ACCOUNT_DELETED, instance.username, noun="account")


def _group_deleted(instance: Group, **_more: Any) -> None:
    record_activity(Kind.GROUP_DELETED, instance.name, noun="group")


def _members_changed(instance: Any, action: str, model: type[Model], pk_set: set[Any] | None, **_more: Any) -> None:
    """Record the groups, permissions or members added or removed, from either side of the relation."""
    if action == "pre_clear":
        names = _names(_all_of(instance, model))
    elif action in ("post_add", "post_remove"):
        names = _names(model._default_manager.filter(pk__in=pk_set or ()))
    else:
        return
    if not names:
        return
    kind = Kind.ACCOUNT_CHANGED if isinstance(instance, User) else Kind.GROUP_CHANGED
    change = "added" if action == "post_add" else "removed"
    facts = {"relation": NOUNS[model], change: names}
    record_activity(kind, _name(instance), noun=NOUNS[type(instance)], facts=facts)


def _all_of(instance: User | Group, model: type[Model]) -> Iterable[Model]:
    if isinstance(instance, Group):
        return instance.user_set.all() if model is User else instance.permissions.all()
    return instance.groups.all() if model is Group else instance.user_permissions.all()


def _names(instances: Iterable[Any]) -> list[str]:
    return sorted(map(_name, instances))


def _name(instance: Any) -> str:
    name: str = getattr(instance, {User: "username", Group: "name", Permission: "codename"}[type(instance)])
    return name


def _lock_out_lifted(name: str, **_more: Any) -> None:
    record_activity(Kind.LOCK_OUT_LIFTED, name, noun="account")


def _sessions_ended(person_ids: list[int], **_more: Any) -> None:
    names = dict(User.objects.filter(pk__in=person_ids).values_list("pk", "username"))
    for person_id in person_ids:
        record_activity(Kind.SIGNED_OUT, who=Who(person_id, names.get(person_id, "")), facts={"by_itself": True})
