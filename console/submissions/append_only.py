"""Rows that are written once, and neither changed nor deleted."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """An append-only row would have been changed or deleted."""

    def __init__(self) -> None:
        super().__init__("What was sent is kept as it is: it is neither changed nor removed.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be read and added, but neither changed nor deleted."""

    def update(self, **_values: Any) -> NoReturn:
        """Raise AppendOnlyError: rows are not changed."""
        raise AppendOnlyError

    def bulk_update(self, *_arguments: Any, **_options: Any) -> NoReturn:
        """Raise AppendOnlyError: rows are not changed."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Raise AppendOnlyError: rows are not removed."""
        raise AppendOnlyError

    def bulk_create(self, objs: Any, *arguments: Any, **options: Any) -> list[Any]:
        """Add rows as Django does; raise AppendOnlyError for `update_conflicts`, which changes existing rows."""
        if options.get("update_conflicts"):
            raise AppendOnlyError
        return super().bulk_create(objs, *arguments, **options)


class AppendOnly(models.Model):
    """A row that is added once. Later writes are methods of its model only."""

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    def save(self, *_arguments: Any, using: str | None = None, **_options: Any) -> None:
        """Add the row; raise AppendOnlyError if it exists already."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(force_insert=True, using=using)

    def delete(self, *_arguments: Any, **_options: Any) -> NoReturn:
        """Raise AppendOnlyError: rows are not removed."""
        raise AppendOnlyError
