"""A request as PowerShell sends it: `Invoke-WebRequest … -Body "{…}"`, as browsers copy it too."""

import re

from console.records.entities import Entity
from console.records.json.nodes import Scalar
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.powershell import read_powershell
from console.records.pasted.commands.values import body_of_another, read_request, read_value, set_records, set_target
from console.records.pasted.commands.words import NotRead

SENDER = re.compile(r"\b(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\s", re.IGNORECASE)
BODY = re.compile(r"\s-Body\s+(?=[\"'])", re.IGNORECASE)


def read_web_request(entity: Entity, text: str) -> Command | None:
    """Return what a request of PowerShell says of the records of a type, or None if a text is none with its body."""
    sender = SENDER.search(text)
    body = BODY.search(text, sender.end()) if sender else None
    if body is None:
        return None
    command = Command("a PowerShell command")
    try:
        word = read_powershell(text[body.end() :])[0].words[0]
        root = read_value("-Body", word)
        command.body = body_of_another(entity, word, root)
        members = read_request(entity, "-Body", word, root)
        set_target(command, entity.target, members.get(entity.target, Scalar(0, None)), word.unknown)
        set_records(entity, command, f"a {entity.operation} request after -Body", members)
    except NotRead as problem:
        command.refusal = problem.refusal
    return command
