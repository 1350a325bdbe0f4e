"""The forms to create a dataset and to replace its schema, with an existing or a new schema."""

from typing import Any, override

from django import forms

from console.pages.datasets.creating import NameField

EXISTING, NEW = "existing", "new"
SOURCES = {NEW: "Create a new schema", EXISTING: "Use an existing schema"}
# The constraint of ARNs in the service's API model.
LONGEST_ARN = 256
CHOOSE_SCHEMA = "Choose a schema from the list, or create a new one."


class SchemaForm(forms.Form):
    """The input for a dataset's schema. Only the chosen source, existing or new, is validated."""

    source = forms.ChoiceField(
        choices=list(SOURCES.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose where the schema comes from."),
    )
    schema_arn = forms.Field(required=False)
    schema_name = forms.Field(required=False)
    schema_text = forms.Field(required=False)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("source") == EXISTING and not self.chosen_arn:
            self.add_error("schema_arn", CHOOSE_SCHEMA)
        if cleaned.get("source") == NEW:
            try:
                cleaned["schema_name"] = NameField().clean(cleaned.get("schema_name"))
            except forms.ValidationError as error:
                self.add_error("schema_name", error)
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether a new schema is to be created."""
        return bool(self["source"].value() == NEW)

    @property
    def text(self) -> str:
        """The Avro JSON of the new schema; browsers send its line breaks as CR LF."""
        typed = str(self["schema_text"].value() or "")
        return typed.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def chosen_arn(self) -> str:
        """The ARN of the chosen existing schema; "" if the value cannot be an ARN."""
        arn = str(self["schema_arn"].value() or "")
        return arn if arn.startswith("arn:") and len(arn) <= LONGEST_ARN and arn.isprintable() else ""

    def choose_existing(self, schema_arn: str) -> None:
        """Make the form show an existing schema as chosen, whatever was entered."""
        self.data = {
            **{name: self[name].value() for name in self.fields},
            "source": EXISTING,
            "schema_arn": schema_arn,
        }


class DatasetForm(SchemaForm):
    """The input for a new dataset."""

    name = NameField()
    field_order = ("name", "source", "schema_arn", "schema_name", "schema_text")
