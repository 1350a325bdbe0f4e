from typing import TYPE_CHECKING, override

from django.apps import AppConfig

if TYPE_CHECKING:
    from console.submissions.redaction.kept import Order
    from console.submissions.redaction.redacting import Redacted


class SettingsConfig(AppConfig):
    """The app of the settings; it registers their system checks, and what pages keep of people who are redacted."""

    name = "console.config"
    verbose_name = "Settings"

    @override
    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.config import checks  # noqa: F401
        from console.submissions.redaction.redacting import also_redact_people

        also_redact_people(_redact_carried_texts)


def _redact_carried_texts(order: "Order", _found: "Redacted") -> None:
    from console.pages.frame.typed_text import forget_person

    forget_person(order.record_id)
