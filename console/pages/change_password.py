"""Change password: a person's own, for those who sign in with one."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.people.backends import is_of_provider
from console.people.sessions import end_sessions

CHANGED = "The password is changed, and you are signed out everywhere else."
NO_PASSWORD = "You have no password here: you sign in with an account of your organization."


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and for a new one; on POST change it, and end the person's other sessions."""
    person = request.user
    assert isinstance(person, User)
    if is_of_provider(person):
        raise PermissionDenied(NO_PASSWORD)
    form = PasswordChangeForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        update_session_auth_hash(request, person)
        end_sessions(person.pk, but=request.session.session_key)
        messages.success(request, CHANGED)
        return redirect("settings_page")
    context = {"form": form, "rules": password_validators_help_texts()}
    return render(request, "change_password.html", context, status=422 if form.is_bound else 200)
