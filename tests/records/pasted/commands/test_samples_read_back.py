"""What the Request panel shows as commands is read back as the records that it was made of."""

from typing import Any

import pytest

from console.records.entities import ENTITIES
from console.records.samples import Target, aws_cli, http
from tests.records.pasted.commands.reading import ARN, read
from tests.support.examples import EXAMPLES, Example

AWKWARD = [
    "plain",
    "both ' and \" quotes",
    "\\ \\\\ \\n \\u0041 \\' \\\" ends with \\",
    "$HOME ${HOME} $(id) `id` !! %PATH% ^ & | ; < > * ? ~ # it''s",
    "line\nbreak\r\nand\ttab `\n ^\n \\\n",
    "emoji 😀 and שלום",
    "\u2028 \x7f \u0085 \u00a0 \ufeff “typographic” \u2018quotes\u2019 — and dashes",
    "'; END_OF_REQUEST",
]


@pytest.mark.parametrize("show", [aws_cli, http])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_every_type_s_commands_are_read_back(example: Example, show: Any) -> None:
    entity = ENTITIES[example.dataset_type]
    target = "4f2b" if example.is_event else example.arn
    body = {**example.body, entity.target: target}
    command = read(show(Target(entity, "us-east-1", target, "http://127.0.0.1:8000/aws"), body), entity)
    beside = {name: value for name, value in body.items() if name not in (entity.target, entity.member)}
    assert (command.refusal, command.target, command.notes) == ("", target, [])
    assert command.records == [{**beside, **record} for record in body[entity.member]]


@pytest.mark.parametrize("times", [1, 2000], ids=["as an argument", "through standard input"])
@pytest.mark.parametrize("show", [aws_cli, http])
def test_awkward_and_long_text_is_read_back(show: Any, times: int) -> None:
    users = [{"userId": str(number), "properties": text * times} for number, text in enumerate(AWKWARD)]
    command = read(show(Target(ENTITIES["USERS"], "us-east-1", ARN), {"datasetArn": ARN, "users": users}))
    assert (command.refusal, command.target, command.records) == ("", ARN, users)
