"""botocore's timeouts and retries."""

from botocore.config import Config
from django.conf import settings

MOST_ATTEMPTS = 3


def client_config() -> Config:
    """Return the settings of all clients: they leave time to repeat a lost request.

    PutUsers may be repeated: it replaces users by id.
    """
    return Config(
        connect_timeout=settings.CONSOLE_CONNECT_SECONDS,
        read_timeout=settings.CONSOLE_READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": MOST_ATTEMPTS},
        user_agent_extra="personalize-console",
    )
