"""The same request as code: for the AWS CLI, the SDKs, and plain HTTP.

Each sample is right for every record: values are quoted by the rules of its language, and need no editing. Credentials
are left to the language's own chain.
"""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.records.entities import Entity, kebab_case
from console.records.requests import Sent, request_body

# Characters that do not show, or that turn the order of others around: they are written as escapes.
INVISIBLE = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
NOT_PLAIN_ASCII = re.compile(r"[^\x00-\x7e]")
# Linux takes no longer argument of a command (MAX_ARG_STRLEN, 128 KiB); a longer one goes through standard input.
LONGEST_ARGUMENT = 100_000
# A constant of a Java class has at most 65535 bytes (JVM specification, 4.4.7); a character takes up to three.
LONGEST_JAVA_CONSTANT = 20_000
END_OF_INPUT = "END_OF_REQUEST"
# The members of events that are moments, in seconds since 1970.
MOMENTS = ("sentAt", "timestamp")

type Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the type of dataset, the region, the target, and the endpoint if it is not AWS's own.

    `target` is the dataset's ARN, or the tracking id of an event tracker.
    """

    entity: Entity
    region: str
    target: str
    endpoint_url: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A request in one language."""

    name: str
    code: str


def body_text(body: Mapping[str, Any]) -> str:
    """Return the exact body of a request."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def samples(target: Target, records: Sequence[Sent]) -> list[Sample]:
    """Return the request of a call's records in each language, in the order of the tabs."""
    body = request_body(target.entity, target.target, records)
    return [
        Sample("AWS CLI", aws_cli(target, body)),
        Sample("Python (boto3)", python(target, body)),
        Sample("Java", java(target, body)),
        Sample("JavaScript", javascript(target, body)),
        Sample("HTTP", http(target, body)),
    ]


def aws_cli(target: Target, body: Body) -> str:
    """Return the request as an AWS CLI command, for a POSIX shell."""
    entity = target.entity
    command = f"aws personalize-events {kebab_case(entity.operation)}"
    options = [f"--region {shlex.quote(target.region)}"]
    if target.endpoint_url:
        options.append(f"--endpoint-url {shlex.quote(target.endpoint_url)}")
    arguments = {name: _argument(value) for name, value in body.items()}
    if any(len(text.encode()) > LONGEST_ARGUMENT for text in arguments.values()):
        return _command(command, [*options, "--cli-input-json file:///dev/stdin"], _visible(body_text(body)))
    options += [f"--{kebab_case(name)} {shlex.quote(text)}" for name, text in arguments.items()]
    return _command(command, options)


def _argument(value: Any) -> str:
    return _visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2))


def http(target: Target, body: Body) -> str:
    """Return the request as a command of curl, which signs it with the keys in the environment."""
    endpoint = target.endpoint_url or f"https://personalize-events.{target.region}.amazonaws.com"
    text = _visible(body_text(body))
    options = [
        "--request POST",
        f"--aws-sigv4 {shlex.quote(f'aws:amz:{target.region}:personalize')}",
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        '${AWS_SESSION_TOKEN:+--header "X-Amz-Security-Token: $AWS_SESSION_TOKEN"}',
        "--header 'Content-Type: application/json'",
    ]
    command = f"curl {shlex.quote(endpoint.rstrip('/') + target.entity.path)}"
    if len(text.encode()) > LONGEST_ARGUMENT:
        return _command(command, [*options, "--data-binary @-"], text)
    return _command(command, [*options, f"--data-binary {shlex.quote(text)}"])


def python(target: Target, body: Body) -> str:
    """Return the request as a Python script with boto3."""
    entity = target.entity
    endpoint = f', endpoint_url="{target.endpoint_url}"' if target.endpoint_url else ""
    members = "".join(
        _lines(8, 4, [f'"{key}": {_literal(value)},' for key, value in record.items()])
        for record in body[entity.member]
    )
    beside = "".join(f"    {name}={_literal(value)},\n" for name, value in _beside(entity, body))
    return (
        "import boto3\n\n"
        f'personalize_events = boto3.client("personalize-events", region_name="{target.region}"{endpoint})\n\n'
        f"personalize_events.{kebab_case(entity.operation).replace('-', '_')}(\n"
        f"{beside}"
        f"    {entity.member}=[\n{members}    ],\n"
        ")\n"
    )


def javascript(target: Target, body: Body) -> str:
    """Return the request as an ECMAScript module with the AWS SDK for JavaScript v3."""
    entity, command = target.entity, f"{target.entity.operation}Command"
    endpoint = f', endpoint: "{target.endpoint_url}"' if target.endpoint_url else ""
    members = "".join(
        _lines(4, 2, [f"{key}: {_javascript_value(key, value)}," for key, value in record.items()])
        for record in body[entity.member]
    )
    beside = "".join(f"  {name}: {_literal(value)},\n" for name, value in _beside(entity, body))
    return (
        f'import {{ PersonalizeEventsClient, {command} }} from "@aws-sdk/client-personalize-events";\n\n'
        f'const personalizeEvents = new PersonalizeEventsClient({{ region: "{target.region}"{endpoint} }});\n\n'
        f"await personalizeEvents.send(new {command}({{\n"
        f"{beside}"
        f"  {entity.member}: [\n{members}  ],\n"
        "}));\n"
    )


def java(target: Target, body: Body) -> str:
    """Return the request as a Java class with the AWS SDK for Java 2.x."""
    entity = target.entity
    call = entity.operation[0].lower() + entity.operation[1:]
    endpoint = f'.endpointOverride(URI.create("{target.endpoint_url}"))' if target.endpoint_url else ""
    members = ",\n".join(
        f"                {entity.shape}.builder()"
        + "".join(f"\n                    .{key}({_java_value(key, value)})" for key, value in record.items())
        + "\n                    .build()"
        for record in body[entity.member]
    )
    beside = "".join(f"            .{name}({_java_string(value)})\n" for name, value in _beside(entity, body))
    uri = "import java.net.URI;\n" if target.endpoint_url else ""
    uri += "import java.time.Instant;\n" if entity.is_event else ""
    model = "software.amazon.awssdk.services.personalizeevents.model"
    attribution = f"import {model}.MetricAttribution;\n" if ".metricAttribution(" in members else ""
    return (
        f"{uri}"
        "import software.amazon.awssdk.regions.Region;\n"
        "import software.amazon.awssdk.services.personalizeevents.PersonalizeEventsClient;\n"
        f"import {model}.{entity.operation}Request;\n"
        f"import {model}.{entity.shape};\n"
        f"{attribution}\n"
        f"public class {entity.operation} {{\n"
        "    public static void main(String[] args) {\n"
        "        PersonalizeEventsClient personalizeEvents = PersonalizeEventsClient.builder()\n"
        f'            .region(Region.of("{target.region}")){endpoint}\n'
        "            .build();\n\n"
        f"        personalizeEvents.{call}({entity.operation}Request.builder()\n"
        f"{beside}"
        f"            .{entity.member}(\n{members})\n"
        "            .build());\n"
        "    }\n"
        "}\n"
    )


def _beside(entity: Entity, body: Body) -> list[tuple[str, Any]]:
    """Return the members of a request beside its records."""
    return [(name, value) for name, value in body.items() if name != entity.member]


def _literal(value: Any) -> str:
    """Return a literal of Python and JavaScript alike: the one of JSON, which has no null here."""
    return _visible(json.dumps(value, ensure_ascii=False))


def _javascript_value(name: str, value: Any) -> str:
    return f"new Date({value} * 1000)" if name in MOMENTS else _literal(value)


def _java_value(name: str, value: Any) -> str:
    if name in MOMENTS:
        return f"Instant.ofEpochSecond({value}L)"
    if isinstance(value, list):
        return ", ".join(_java_string(each) for each in value)
    if isinstance(value, dict):
        inner = "".join(f".{key}({_java_string(each)})" for key, each in value.items())
        return f"{name[0].upper()}{name[1:]}.builder(){inner}.build()"
    return _java_string(value) if isinstance(value, str) else f"{float(value)!r}f"


def _command(command: str, options: list[str], standard_input: str | None = None) -> str:
    whole = " \\\n  ".join([command, *options])
    if standard_input is None:
        return f"{whole}\n"
    return f"{whole} <<'{END_OF_INPUT}'\n{standard_input}\n{END_OF_INPUT}\n"


def _lines(indent: int, step: int, members: list[str]) -> str:
    """Return an element of a list, whose members stand `step` further in than its braces."""
    outer, inner = " " * indent, " " * (indent + step)
    return f"{outer}{{\n" + "".join(f"{inner}{member}\n" for member in members) + f"{outer}}},\n"


def _java_string(text: str) -> str:
    """Return an expression of Java for a string, in ASCII: not every compiler reads UTF-8."""
    parts = [text[start : start + LONGEST_JAVA_CONSTANT] for start in range(0, len(text), LONGEST_JAVA_CONSTANT)]
    literals = [NOT_PLAIN_ASCII.sub(_java_escape, json.dumps(part, ensure_ascii=False)) for part in parts]
    return literals[0] if len(literals) == 1 else f'String.join("", {", ".join(literals)})'


def _java_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def _visible(text: str) -> str:
    return INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
