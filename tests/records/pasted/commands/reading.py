"""What a command is read as, for tests that compare it with literal records."""

from typing import Any

from console.records.entities import USERS, Entity
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.reading import read_command

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
# One user, as JSON of `--users`.
ONE = '[{"userId":"u-1","properties":"{\\"age\\":34}"}]'
ONE_READ = [{"userId": "u-1", "properties": '{"age":34}'}]
PUT_USERS = "aws personalize-events put-users"


def read(text: str, entity: Entity = USERS) -> Command:
    """Return what a text is read as; it has to be a command."""
    command = read_command(entity, text)
    assert command is not None
    return command


def records(text: str, entity: Entity = USERS) -> list[Any]:
    """Return the records of a command, which has to be readable."""
    command = read(text, entity)
    assert command.refusal == ""
    return command.records


def refusal(text: str, entity: Entity = USERS) -> str:
    """Return why a command cannot be read; it has no records then."""
    command = read(text, entity)
    assert command.nodes == []
    return command.refusal
