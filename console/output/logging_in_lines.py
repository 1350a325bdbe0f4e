"""The configuration of a log that people read: lines of text, on the standard error."""

from collections.abc import Mapping
from typing import Any


def logging_in_lines(loggers: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return Django's setting LOGGING, with the levels of some loggers; that of all others is WARNING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "console.output.logs.LineFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": loggers,
    }
