"""Set password: by the one-time link of an invitation or of a password reset by an administrator.

The link's code follows its `#`, which browsers never send: a script puts it into the form. Without scripts people
paste the link.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.pages.account.change_password import MISSING
from console.pages.account.sign_in import NO_PASSWORDS
from console.pages.frame.decorators import console_page
from console.people.lock_out import lift_lock_out, locked_accounts
from console.people.password_links import person_of
from console.people.password_links import set_password as set_password_by

DONE = "The password of {} is set. Sign in with it."
NO_CODE = "Paste the link that you were given."
OVER = (
    "This link does not work any more: it was used, a newer one was made, or its time is over. Ask an administrator "
    "for a new one."
)
SIGNED_IN = "You are signed in as {}. Sign out first, or open the link in a private window."


class LinkedPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # It is not generic at run time.
    """The link or its code, and a new password."""

    code = forms.CharField(error_messages={"required": NO_CODE})

    def __init__(self, data: QueryDict | None) -> None:
        # The code determines whose password it is: see `clean_code`.
        super().__init__(User(), data)
        for name, sentence in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = sentence
        self.order_fields(("code", "new_password1", "new_password2"))

    def clean_code(self) -> str:
        """Return the code of the entered link or code; raise ValidationError if it is no longer valid."""
        code: str = self.cleaned_data["code"].rpartition("#")[2]
        person = person_of(code)
        if person is None:
            raise ValidationError(OVER)
        self.user = person
        return code

    def validate_password_for_user(self, user: User, password_field_name: str = "new_password1") -> None:
        """Add the problems of the password to its first field; Django adds them to the repeated one."""
        super().validate_password_for_user(self.user, "new_password1")


@console_page("set-password/")
@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link and a password; on POST set it, and redirect to the sign-in.

    Raise Http404 if nobody signs in with a password.
    """
    if not settings.CONSOLE_PASSWORD_SIGN_IN:
        raise Http404(NO_PASSWORDS)
    if request.user.is_authenticated:
        notice = SIGNED_IN.format(request.user.get_username())
        return render(request, "account/set_password.html", {"notice": notice}, status=403)
    form = LinkedPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = form.user
        # Activity records it as theirs.
        request.user = person
        if set_password_by(form.cleaned_data["code"], form.cleaned_data["new_password1"]):
            if locked_accounts([person.username]):
                # Guesses at the old password are no danger to the new one.
                lift_lock_out(name=person.username)
            messages.success(request, DONE.format(person.get_username()))
            return redirect("sign_in")
        form.add_error("code", OVER)
    read_first = next((name for name in form.fields if name in form.errors), "")
    context = {"form": form, "rules": password_validators_help_texts(), "read_first": read_first}
    return render(request, "account/set_password.html", context, status=422 if form.is_bound else 200)
