"""The icons of pages as inline SVG, which takes the colour of the adjacent text and needs no request."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# SVG drawings on a 16 by 16 grid, by kind.
DRAWINGS = {
    "success": '<circle cx="8" cy="8" r="7"/><path d="m5 8 2 2 4-4"/>',
    "error": '<circle cx="8" cy="8" r="7"/><path d="m5.5 5.5 5 5m0-5-5 5"/>',
    "warning": '<path d="M8 1.5 15 14.5H1Z"/><path d="M8 6v4m0 1.5v1"/>',
    "info": '<circle cx="8" cy="8" r="7"/><path d="M8 7.5v4m0-7v1"/>',
    "close": '<path d="m3 3 10 10M13 3 3 13"/>',
    "refresh": '<path d="M10 5h5V0M14.3 5A7 7 0 1 0 15 8"/>',
    "settings": '<circle cx="8" cy="8" r="1.5"/><circle cx="8" cy="8" r="4.75"/>'
    '<path d="M8 1v2m0 10v2M1 8h2m10 0h2M3 3l1.5 1.5m7 7L13 13m0-10-1.5 1.5m-7 7L3 13"/>',
    "previous": '<path d="M11 2 5 8l6 6"/>',
    "next": '<path d="m5 2 6 6-6 6"/>',
    "first": '<path d="M13 2 7 8l6 6M3 2v12"/>',
    "last": '<path d="m3 2 6 6-6 6M13 2v12"/>',
    "spinner": '<path class="spinner" d="M8 1a7 7 0 1 1-7 7"/>',
    "menu": '<path d="M2 3h12M2 8h12M2 13h12"/>',
    "help": '<circle cx="8" cy="8" r="7"/><path d="M6 6.3a2 2 0 1 1 2.6 1.9c-.4.1-.6.4-.6.8v.4m0 2v.6"/>',
}
# The icon of all other kinds, which are in progress.
PENDING = '<circle cx="8" cy="8" r="7"/><path d="M4.5 8h.01M8 8h.01m3.49 0h.01"/>'


@register.simple_tag
def icon(kind: str) -> SafeString:
    """Return the icon of a kind, hidden from assistive technology, which reads the words next to it."""
    drawing = DRAWINGS.get(kind, PENDING)
    # Safe: all of the markup is in this module.
    return mark_safe(f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{drawing}</svg>')
