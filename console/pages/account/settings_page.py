"""Settings: a person's appearance, density and time zone, and their sessions."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from console.activity.signing_in import record_end_of_sessions
from console.pages.account.zone_options import zone_choices
from console.pages.frame.decorators import console_page
from console.pages.frame.requests import safe_path
from console.people.backends import is_of_provider
from console.people.models import Appearance, Density, Mode, appearance_of
from console.people.sessions import end_sessions
from console.people.zones import zone_names

SAVED = "The settings are saved."
SIGNED_OUT = "You are signed out everywhere else. Sessions ended: {count}."
NOWHERE_ELSE = "You were not signed in anywhere else."


class SettingsForm(forms.Form):
    """Light or dark mode, density, and time zone."""

    mode = forms.ChoiceField(
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a visual mode."),
    )
    density = forms.ChoiceField(
        choices=Density.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a density."),
    )
    zone = forms.ChoiceField(
        required=False,
        choices=zone_choices,
        error_messages={"invalid_choice": "Time zone: there is no such time zone here. Choose one from the list."},
    )


@console_page("settings/", title="Settings", keeps_environment=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show a person's settings; on POST save them, and return to the page that they came from."""
    assert request.user.pk is not None
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    chosen = appearance_of(request.user)
    data = request.POST if request.method == "POST" else None
    form = SettingsForm(data, initial={"mode": chosen.mode, "density": chosen.density, "zone": chosen.zone})
    if form.is_valid():
        Appearance.objects.update_or_create(person_id=request.user.pk, defaults=form.cleaned_data)
        messages.success(request, SAVED)
        return redirect(next_path)
    context = {
        "form": form,
        "next": next_path,
        "has_password": not is_of_provider(request.user),
        "now": timezone.now(),
        "has_zones": bool(zone_names()),
    }
    return render(request, "account/settings_page.html", context, status=422 if form.is_bound else 200)


@console_page("sign-out-everywhere/")
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of a person except the current one."""
    assert request.user.pk is not None
    ended = end_sessions(request.user.pk, but=request.session.session_key)
    if ended:
        record_end_of_sessions(ended)
    messages.success(request, SIGNED_OUT.format(count=ended) if ended else NOWHERE_ELSE)
    return redirect("settings_page")
