"""The forms that create jobs."""

from collections.abc import Mapping
from typing import Any, override

from django import forms

from console.pages.datasets.creating import NameField
from console.pages.jobs.job_fields import TagsField, kms_key_field, location_field, role_field
from console.records.files.user_ids import UserIds, UserIdsError, read_user_ids

# Where the input of a job comes from: the page or S3.
TEXT, LOCATION = "text", "location"
# A long form has at most a million characters in all of its fields: console/server/http/long_forms.py.
LONGEST_TEXT = 900_000
CHOOSE_ONE = "Choose one of these."
IMPORT_MODES = {
    "FULL": "Replaces all data that was imported in bulk into the dataset. Data that was imported individually stays.",
    "INCREMENTAL": (
        "Adds the records to those that the dataset has. A record replaces the one with its ID. The first import of a "
        "dataset must be FULL."
    ),
}
# Events have no ids, so they replace nothing.
IMPORT_MODES_OF_EVENTS = {
    "FULL": "Replaces all data that was imported in bulk into the dataset. Data that was imported individually stays.",
    "INCREMENTAL": "Adds the records to those that the dataset has. The first import of a dataset must be FULL.",
}
# In the order in which pages offer them: the API's default comes first.
INGESTION_MODES = {
    "PUT": "Records that were imported individually: with Create record, PutUsers, PutItems or PutEvents.",
    "BULK": "Records that dataset import jobs imported.",
    "ALL": "Both.",
}


def _choice(choices: Mapping[str, str], *, required: bool = True) -> forms.ChoiceField:
    messages = dict.fromkeys(("required", "invalid_choice"), CHOOSE_ONE)
    return forms.ChoiceField(choices=list(choices.items()), error_messages=messages, required=required)


class JobForm(forms.Form):
    """The parameters of a job of any kind."""

    # In the order of the page.
    name = NameField()
    location = location_field("Enter the location in Amazon S3.", "s3://bucket/folder/")
    role_arn = role_field()
    tags = TagsField()

    @property
    def read_first(self) -> str:
        """The first invalid field of the page; "" if there is none."""
        return next((name for name in self.fields if name in self.errors), "")


class ExportJobForm(JobForm):
    """The parameters of a dataset export job."""

    mode = _choice(INGESTION_MODES)
    kms_key_arn = kms_key_field()
    field_order = ("name", "mode", "location", "kms_key_arn", "role_arn", "tags")


class InputForm(JobForm):
    """The parameters of a job that reads a file: its location in S3, or its text if the console can write it there."""

    source = _choice({TEXT: "", LOCATION: ""}, required=False)
    text = forms.CharField(required=False, strip=False)
    location = location_field(
        "Enter the location in Amazon S3.", "s3://bucket/folder/file.csv or s3://bucket/folder/", required=False
    )
    missing_text = ""
    most_text = LONGEST_TEXT
    field_order = ("name", "source", "text", "location", "mode", "publishes_metrics", "role_arn", "tags")

    def __init__(self, *arguments: Any, takes_text: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.takes_text = takes_text

    @property
    def has_text(self) -> bool:
        """Whether the input is the entered text."""
        return self.takes_text and (self["source"].value() or TEXT) == TEXT

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.has_text:
            if not cleaned.get("location") and "location" not in self.errors:
                self.add_error("location", self.fields["location"].missing)  # type: ignore[attr-defined]
            return cleaned
        # An option that was not chosen has no errors.
        self.errors.pop("location", None)
        if "text" in self.errors:
            return cleaned
        text = cleaned["text"]
        if not text.strip():
            self.add_error("text", self.missing_text)
        elif len(text) > LONGEST_TEXT:
            self.add_error("text", f"Expected at most {LONGEST_TEXT:,} characters; found {len(text):,}.")
        else:
            self.check_text(text)
        return cleaned

    def check_text(self, text: str) -> None:
        """Add the problems of the entered text."""


class ImportJobForm(InputForm):
    """The parameters of a dataset import job."""

    mode = _choice(IMPORT_MODES)
    publishes_metrics = forms.BooleanField(required=False)
    missing_text = "Choose a CSV file, or paste its contents."


class DeletionJobForm(InputForm):
    """The parameters of a data deletion job."""

    missing_text = "Enter at least one user ID."
    user_ids: UserIds | None = None

    @override
    def check_text(self, text: str) -> None:
        try:
            self.user_ids = read_user_ids(text)
        except UserIdsError as error:
            self.add_error("text", error.sentences)
