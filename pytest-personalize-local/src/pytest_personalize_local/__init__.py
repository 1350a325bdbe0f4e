"""A local Amazon Personalize for tests: a pytest fixture, and a context manager for unittest.

`personalize-local` runs as a process of its own, from an environment of its own: nothing of it is imported here.
"""

from pytest_personalize_local.context import PersonalizeLocal
from pytest_personalize_local.errors import PersonalizeLocalError
from pytest_personalize_local.local import Local

__all__ = ["Local", "PersonalizeLocal", "PersonalizeLocalError"]
