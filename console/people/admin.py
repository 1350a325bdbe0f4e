"""Django's admin pages of people: accounts are deactivated and never deleted, and the log can be read."""

from typing import Any, override

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.people.changing import OWN_ACCOUNT, OWN_ROLE, why_not_end
from console.people.sessions import end_sessions
from console.people.words_of_people import made_of_people

admin.site.site_header = admin.site.site_title = "Personalize console"
admin.site.index_title = "Administration"
admin.site.unregister([User, Group])
# As the console calls them. Migrations are made of what Django itself says, and stay the same.
User._meta.get_field("username").error_messages["unique"] = "A person with that username already exists."
User._meta.verbose_name, User._meta.verbose_name_plural = "person", "people"
apps.get_app_config("auth").verbose_name = "People and groups"


class Listed(admin.ModelAdmin):  # type: ignore[type-arg]  # It takes no argument when it runs.
    """A table that ignores impossible queries and shows all rows, as Django does for most of them."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the table for a query; raise IncorrectLookupParameters for one that cannot be run.

        Django's lookups accept years and numbers that are too large for Python or the database.
        """
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


@admin.register(Group)
class RolesAdmin(Listed, GroupAdmin):
    """Django's page of groups."""

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return made_of_people(super().get_form(request, obj, change=change, **kwargs))


class PersonForm(UserChangeForm):  # type: ignore[type-arg]  # As above.
    """Django's form, which always keeps an administrator who can sign in, and people's own accounts."""

    by: int | None = None

    @override
    def clean(self) -> dict[str, Any]:
        """Return the valid fields; raise ValidationError for a change that the console's pages refuse too."""
        cleaned = super().clean() or self.cleaned_data
        ends = {"is_superuser": OWN_ROLE, "is_active": OWN_ACCOUNT}
        for field, own in ends.items():
            if getattr(self.instance, field) and cleaned.get(field) is False:
                why_not = why_not_end(self.instance.pk, self.by, own)
                if why_not:
                    raise ValidationError(why_not)
        return cleaned


@admin.register(User)
class PeopleAdmin(Listed, UserAdmin):  # type: ignore[type-arg]  # As above.
    """Django's pages of people, without deletion: the trail and the log refer to them."""

    form = PersonForm
    change_password_form = made_of_people(AdminPasswordChangeForm)
    actions = ("deactivate",)
    list_display = ("username", "id", "email", "first_name", "last_name", "is_active", "is_staff")

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = made_of_people(super().get_form(request, obj, change=change, **kwargs))
        form.by = request.user.pk
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell people who may change accounts what to do instead."""
        if not self.has_change_permission(request):
            return super().delete_view(request, object_id, extra_context)
        messages.warning(
            request, "Accounts are not deleted, because submissions refer to them. To deactivate one, clear “Active”."
        )
        return redirect("admin:auth_user_change", object_id)

    @admin.action(description="Deactivate selected people, and sign them out", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Deactivate people except the one who asks for it, and log each."""
        assert request.user.pk is not None
        people = list(queryset.filter(is_active=True).exclude(pk=request.user.pk))
        for person in people:
            person.is_active = False
            person.save(update_fields=["is_active"])
            end_sessions(person.pk)
        if people:
            LogEntry.objects.log_actions(request.user.pk, people, CHANGE, change_message="Deactivated.")
        messages.success(request, f"Deactivated accounts: {len(people)}.")


@admin.register(LogEntry)
class LogEntryAdmin(Listed):
    """The read-only log of what administrators did in the admin site, newest first."""

    list_display = ("action_time", "user", "user_id", "content_type", "object_repr", "action_flag", "change_message")
    list_filter = ("action_time", "action_flag")
    list_select_related = ("user", "content_type")
    search_fields = ("user__username", "object_repr", "change_message")
    date_hierarchy = "action_time"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False
