"""The panel Request: what will be sent, its size, what it replaces, and the same request as code."""

from dataclasses import dataclass

from console.history.known_users import Replacement, replacements
from console.pages.requests import Request
from console.personalize.environments import Environment
from console.records.judging import UserRecord
from console.records.problems import Remark
from console.records.record_input import LONGEST_PROPERTIES, MOST_USERS
from console.records.remarks import remarks_on_records
from console.records.samples import Sample, Target, request_body, samples

LONGEST_WHILE_TYPING = 20_000


@dataclass(frozen=True, slots=True)
class RequestPanel:
    """A valid request, shown before it is sent. Sizes are in characters of the longest properties, and in bytes."""

    body: str
    size: int
    user_count: int
    longest_properties: int
    replacements: list[Replacement]
    samples: list[Sample]
    most_users: int = MOST_USERS
    most_characters: int = LONGEST_PROPERTIES

    def warnings(self, text: str) -> tuple[Remark, ...]:
        """Return what the records of a text do that the person may not mean, each at its record."""
        losses = {
            number: f"{each.user_id} was sent before with {', '.join(each.lost)}: replacing it removes that."
            for number, each in enumerate(self.replacements, 1)
            if each.lost
        }
        return remarks_on_records(text, losses)


def request_panel(
    request: Request, environment: Environment, dataset_arn: str, records: tuple[UserRecord, ...], *, is_typing: bool
) -> RequestPanel:
    """Return the panel of records that hold; while they are typed, long ones go without their samples."""
    users = [record.as_request_member() for record in records]
    body = request_body(dataset_arn, users)
    endpoint = request.build_absolute_uri("/aws") if environment.is_local else environment.endpoint_url
    target = Target(environment.region, dataset_arn, endpoint)
    return RequestPanel(
        body=body,
        size=len(body.encode()),
        user_count=len(users),
        longest_properties=max(len(user.get("properties", "")) for user in users),
        replacements=replacements(environment.name, dataset_arn, users),
        samples=[] if is_typing and len(body) > LONGEST_WHILE_TYPING else samples(target, users),
    )
