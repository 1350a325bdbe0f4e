"""System checks of the console's own settings: a wrong value stops a start with a sentence."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from console.personalize.environments import EnvironmentsError, environments


@register
def environments_can_be_used(**_options: Any) -> list[CheckMessage]:
    """Check the file that CONSOLE_ENVIRONMENTS names."""
    try:
        environments()
    except EnvironmentsError as error:
        hint = "Mend the file that CONSOLE_ENVIRONMENTS names, or unset it to have the local service only."
        return [Error(str(error), hint=hint, id="console.E001")]
    return []
