"""The time zones to choose from, and the template tag that renders their options, of which there are hundreds."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from console.pages.frame.zones import console_zone
from console.people.zones import GMT, zone_names, zone_words

SELECTED = mark_safe(" selected")

type Choices = Sequence[tuple[str, str]]

register = template.Library()


def zone_choices() -> Sequence[tuple[str, str | Choices]]:
    """Return the time zones to choose from: the console's own, GMT, and all others by region."""
    return [*_first(), *_regions().items()]


@register.simple_tag
def zone_options(chosen: str | None) -> SafeString:
    """Return the options of the time zones to choose from, with one selected."""
    in_region = (chosen or "").partition("/")[0]
    of_regions = (_group(region, chosen if chosen and region == in_region else "") for region in _regions())
    # Each part is escaped already.
    return mark_safe(_options(_first(), chosen or "") + "".join(of_regions))


def _first() -> Choices:
    return [("", f"The console's own: {zone_words(console_zone())}"), (GMT, GMT)]


def _regions() -> Mapping[str, Choices]:
    by_region = groupby(zone_names(), lambda name: name.partition("/")[0])
    return {region: [(name, name.replace("_", " ")) for name in names] for region, names in by_region}


@lru_cache(maxsize=64)
def _group(region: str, chosen: str) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', region, _options(_regions()[region], chosen))


def _options(choices: Choices, chosen: str) -> SafeString:
    rows = ((name, SELECTED if name == chosen else "", words) for name, words in choices)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
