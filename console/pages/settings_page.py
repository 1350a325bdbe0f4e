"""Settings: how a person wants to see the console, on every device that they sign in on."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.pages.sign_in import safe_path
from console.people.models import Appearance, Density, Mode, appearance_of

SAVED = "The settings are saved."


class AppearanceForm(forms.Form):
    """Light or dark, and how much space there is."""

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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show a person's settings; on POST keep them, and go back to the page that they came from."""
    assert request.user.pk is not None
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    chosen = appearance_of(request.user.pk)
    data = request.POST if request.method == "POST" else None
    form = AppearanceForm(data, initial={"mode": chosen.mode, "density": chosen.density})
    if form.is_valid():
        Appearance.objects.update_or_create(person_id=request.user.pk, defaults=form.cleaned_data)
        messages.success(request, SAVED)
        return redirect(next_path)
    context = {"form": form, "next": next_path}
    return render(request, "settings_page.html", context, status=422 if form.is_bound else 200)
