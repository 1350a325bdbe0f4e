"""Change password: for people who sign in with a password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.activity.signing_in import record_end_of_sessions, record_failure
from console.pages.account.sign_in import locked_out
from console.pages.frame.decorators import console_page
from console.people.backends import is_of_provider
from console.people.lock_out import count_try, forget_failures
from console.people.sessions import end_sessions

CHANGED = "The password is changed, and you are signed out everywhere else."
MISSING = {
    "old_password": "Type your old password.",
    "new_password1": "Type a new password.",
    "new_password2": "Type the new password again.",
}
NO_PASSWORD = "You have no password here: you sign in with your organization's account."


class PasswordForm(PasswordChangeForm):
    """The old password, with a limited number of tries, and a new one."""

    def __init__(self, person: User, data: QueryDict | None, address: str) -> None:
        super().__init__(person, data)
        self.address = address
        for name, sentence in MISSING.items():
            self.fields[name].error_messages["required"] = sentence

    def clean_old_password(self) -> str:
        """Return the old password; raise ValidationError for a wrong one, and after too many tries.

        Tries count as for signing in, since another person may be using the open session.
        """
        name = self.user.get_username()
        seconds = count_try(name, self.address)
        if seconds:
            raise ValidationError(locked_out(seconds))
        try:
            old: str = super().clean_old_password()
        except ValidationError:
            record_failure(name, self.address, at_change=True)
            raise
        forget_failures(name, self.address)
        return old

    def validate_password_for_user(self, user: User, password_field_name: str = "new_password1") -> None:
        """Add the problems of the new password to its first field; Django adds them to the repeated one."""
        super().validate_password_for_user(user, "new_password1")


@console_page("change-password/", title="Change password", parent="settings_page")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and for a new one; on POST change it, and end the person's other sessions.

    Raise PermissionDenied for an account of the OpenID provider.
    """
    person = request.user
    assert isinstance(person, User)
    if is_of_provider(person):
        raise PermissionDenied(NO_PASSWORD)
    form = PasswordForm(person, request.POST if request.method == "POST" else None, request.META["REMOTE_ADDR"])
    if form.is_valid():
        form.save()
        update_session_auth_hash(request, person)
        ended = end_sessions(person.pk, but=request.session.session_key)
        if ended:
            record_end_of_sessions(ended)
        messages.success(request, CHANGED)
        return redirect("settings_page")
    read_first = next((name for name in form.fields if name in form.errors), "")
    context = {"form": form, "rules": password_validators_help_texts(), "read_first": read_first}
    return render(request, "account/change_password.html", context, status=422 if form.is_bound else 200)
