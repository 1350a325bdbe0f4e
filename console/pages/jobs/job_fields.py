"""Fields of the forms that create jobs, with the constraints of botocore's model of personalize."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, override

from django import forms

if TYPE_CHECKING:
    import regex

LONGEST_LOCATION = LONGEST_ROLE = 256
LONGEST_KMS_KEY = 2048
S3_LOCATION = re.compile(r"(?:s3|http|https)://.+")
ROLE_ARN = re.compile(r"arn:[a-z\d-]+:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-/]+", re.ASCII)
KMS_KEY_ARN = re.compile(r"arn:aws.*:kms:.*:[0-9]{12}:key/.*", re.ASCII)
LONGEST_TAG_KEY, LONGEST_TAG_VALUE, MOST_TAGS = 128, 256, 200
NEVER_IN_A_TAG = r"[^\p{L}\p{Z}\p{N}_.:/=+\-@]"


@cache
def _never_in_a_tag() -> "regex.Pattern[str]":
    # Imported here because commands read no tags and should start without the module.
    import regex

    return regex.compile(NEVER_IN_A_TAG)


class TextField(forms.Field):
    """A line of text with a pattern and a maximum length; surrounding white space is removed."""

    def __init__(self, *, pattern: re.Pattern[str], longest: int, missing: str, expected: str, required: bool) -> None:
        super().__init__(required=required)
        self.pattern, self.longest, self.missing, self.expected = pattern, longest, missing, expected

    @override
    def to_python(self, value: Any) -> str:
        return str(value or "").strip()

    @override
    def validate(self, value: str) -> None:
        if not value:
            if self.required:
                raise forms.ValidationError(self.missing)
            return
        if len(value) > self.longest:
            raise forms.ValidationError(f"Expected at most {self.longest} characters; found {len(value)}.")
        if not self.pattern.fullmatch(value) or not value.isprintable():
            raise forms.ValidationError(self.expected)


def location_field(missing: str, example: str, *, required: bool = True) -> TextField:
    """Return the field of an address in S3; `example` appears in the sentence for an invalid one."""
    expected = f"Expected an address such as {example}."
    return TextField(
        pattern=S3_LOCATION, longest=LONGEST_LOCATION, missing=missing, expected=expected, required=required
    )


def role_field() -> TextField:
    """Return the field of the ARN of an IAM role."""
    return TextField(
        pattern=ROLE_ARN,
        longest=LONGEST_ROLE,
        missing="Enter the ARN of an IAM role.",
        expected="Expected the ARN of a role, such as arn:aws:iam::123456789012:role/personalize.",
        required=True,
    )


def kms_key_field() -> TextField:
    """Return the field of the ARN of a KMS key, which may be empty."""
    return TextField(
        pattern=KMS_KEY_ARN,
        longest=LONGEST_KMS_KEY,
        missing="",
        expected="Expected the ARN of a key, such as arn:aws:kms:us-east-1:123456789012:key/1234abcd.",
        required=False,
    )


class TagsField(forms.Field):
    """Tags, one per line as key=value; the field's value is a dictionary."""

    def __init__(self) -> None:
        super().__init__(required=False)

    @override
    def to_python(self, value: Any) -> dict[str, str]:
        tags: dict[str, str] = {}
        for number, line in enumerate(re.split(r"\r\n|\r|\n", str(value or "")), 1):
            if not line.strip():
                continue
            key, equals, text = (part.strip() for part in line.partition("="))
            problem = _problem(key, equals, text) or ("this key is there twice" if key in tags else "")
            if problem:
                raise forms.ValidationError(f"Line {number}: {problem}.")
            tags[key] = text
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(f"Expected at most {MOST_TAGS} tags; found {len(tags)}.")
        return tags


def _problem(key: str, equals: str, value: str) -> str:
    if not equals or not key:
        return "expected a tag such as team=shop"
    if len(key) > LONGEST_TAG_KEY or len(value) > LONGEST_TAG_VALUE:
        return (
            f"expected a key of at most {LONGEST_TAG_KEY} characters and a value of at most {LONGEST_TAG_VALUE}; "
            f"found {len(key)} and {len(value)}"
        )
    if _never_in_a_tag().search(key + value):
        return "expected only letters, digits, spaces and _ . : / = + - @"
    return ""
