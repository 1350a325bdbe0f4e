"""What the tests of imports share."""

from tests.pages.conftest import aws

__all__ = ["aws"]
