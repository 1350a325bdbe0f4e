"""Every constraint on every member of every operation that is answered, broken one at a time by a real, signed request.

The cases come from botocore's model, nested members included, so that an operation which is newly answered has them too.
A new pattern needs a text that keeps it in TEXTS, and nothing else.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.model import ListShape, MapShape, OperationModel, Shape, StringShape, StructureShape

from console.local.constraints import violations
from console.local.http import keys
from console.local.http.wire import service_model
from console.local.operations import OPERATIONS, WITHOUT_CAMPAIGNS
from tests.local.over_http import unchecked
from tests.local.shop import refused
from tests.support.demo import ACCOUNT

ANSWERED = OPERATIONS | WITHOUT_CAMPAIGNS
# A value that keeps each pattern of these operations.
TEXTS = {
    r"^[a-zA-Z0-9][a-zA-Z0-9\-_]*": "a-name",
    r"^[A-Za-z_]+$": "Users",
    r"arn:([a-z\d-]+):personalize:.*:.*:.+": "arn:aws:personalize:us-east-1:000000000000:dataset/a/USERS",
    r"arn:([a-z\d-]+):iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+": "arn:aws:iam::000000000000:role/r",
    r"arn:aws.*:kms:.*:[0-9]{12}:key/.*": "arn:aws:kms:us-east-1:000000000000:key/k",
    r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$": "tag",
    r"\p{ASCII}{0,1500}": "token",
    r"(s3|http|https)://.+": "s3://bucket/key",
    r"^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$": "newsletter",
    r"[A-Za-z\d_]+": "DEVICE",
    r"[A-Za-z0-9_]+": "GENRE",
}
# The model names no error of these operations for any member but nextToken.
WITHOUT_INVALID_INPUT = {"ListDatasetGroups", "ListSchemas"}
# What breaks a type, by the type: what JSON has beside it.
WRONG_TYPES: dict[str, Any] = {
    "string": 7,
    "structure": [],
    "list": {},
    "map": [],
    "integer": "7",
    "float": "7",
    "timestamp": [],
    "boolean": "true",
}

type Change = Callable[[Any], Any]


def models() -> Iterator[OperationModel]:
    for service in ("personalize", "personalize-events", "personalize-runtime"):
        model = service_model(service)
        yield from (model.operation_model(name) for name in model.operation_names if name in ANSWERED)


def valid(shape: Shape) -> Any:
    """Return a value that keeps every constraint of a shape."""
    if isinstance(shape, StructureShape):
        return {name: valid(member) for name, member in shape.members.items()}
    if isinstance(shape, ListShape):
        return [valid(shape.member)]
    if isinstance(shape, MapShape):
        return {valid(shape.key): valid(shape.value)}
    if isinstance(shape, StringShape):
        pattern = shape.metadata.get("pattern")
        return shape.enum[0] if shape.enum else TEXTS[pattern] if pattern else "x"
    return {"integer": 1, "float": 1.5, "timestamp": 0, "boolean": True}[shape.type_name]


def broken(shape: Shape) -> Iterator[tuple[str, Any, str]]:
    """Yield a name of the constraint, a value that breaks it, and what the sentence must say."""
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    yield "type", WRONG_TYPES[shape.type_name], f"Member must be of type {shape.type_name}"
    if shape.type_name == "integer":
        for constraint, bound, beyond, words in (("minimum", minimum, -1, "greater"), ("maximum", maximum, 1, "less")):
            if bound is not None:
                yield constraint, bound + beyond, f"Member must have value {words} than or equal to {bound}"
        return
    if isinstance(shape, MapShape):
        assert maximum is not None
        many = {f"k{number}": valid(shape.value) for number in range(maximum + 1)}
        yield "maximum", many, f"Member must have length less than or equal to {maximum}"
        return
    filling = valid(shape) if isinstance(shape, ListShape) else "x"
    if minimum:
        yield "minimum", filling * (minimum - 1), f"Member must have length greater than or equal to {minimum}"
    if maximum:
        yield "maximum", filling * (maximum + 1), f"Member must have length less than or equal to {maximum}"
    if shape.metadata.get("pattern"):
        pattern = shape.metadata["pattern"]
        yield "pattern", "😀", f"Member must satisfy regular expression pattern: {pattern}"
    if isinstance(shape, StringShape) and shape.enum:
        yield "enum", "NEITHER", f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"


def without(name: str) -> Change:
    return lambda value: {each: member for each, member in value.items() if each != name}


def set_to(wrong: Any) -> Change:
    return lambda _value: wrong


def in_member(name: str, change: Change) -> Change:
    return lambda value: {**value, name: change(value[name])}


def in_item(change: Change) -> Change:
    return lambda value: [change(value[0])]


def of_members(shape: Shape, path: str) -> Iterator[tuple[str, str, Change, str]]:
    """Yield each case of a shape's members: the path that is named, the constraint, what breaks it, the sentence."""
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            inner = f"{path}.{name}" if path else name
            if name in shape.required_members:
                yield inner, "required", without(name), "Member must not be null"
            for at, constraint, change, said in of_shape(member, inner):
                yield at, constraint, in_member(name, change), said
    elif isinstance(shape, ListShape):
        for at, constraint, change, said in of_shape(shape.member, f"{path}.1.member"):
            yield at, constraint, in_item(change), said

    elif isinstance(shape, MapShape):
        key, value = valid(shape.key), valid(shape.value)
        # JSON has no other names than texts.
        for constraint, wrong, said in list(broken(shape.key))[1:]:
            yield path, f"key {constraint}", set_to({wrong: value}), f"Map keys must satisfy constraint: [{said}"
        for constraint, wrong, said in in_map(shape.value):
            yield path, f"value {constraint}", set_to({key: wrong}), f"Map value must satisfy constraint: [{said}"


def in_map(shape: Shape) -> Iterator[tuple[str, Any, str]]:
    """Yield what `broken` does for a value of a map, and for the items of one that is a list."""
    yield from broken(shape)
    if isinstance(shape, ListShape):
        for constraint, wrong, said in broken(shape.member):
            yield f"item {constraint}", [wrong], f"Member must satisfy constraint: [{said}"


def of_shape(shape: Shape, path: str) -> Iterator[tuple[str, str, Change, str]]:
    for constraint, wrong, said in broken(shape):
        yield path, constraint, set_to(wrong), said
    yield from of_members(shape, path)


def cases_of(model: OperationModel) -> Iterator[tuple[str, Any, str, str]]:
    """Yield each case of an operation: its name, parameters, the path that is named, and the sentence."""
    assert model.input_shape is not None
    for path, constraint, change, said in of_members(model.input_shape, ""):
        yield f"{model.name}.{path}: {constraint}", change(valid(model.input_shape)), path, said


def names_of_cases() -> list[str]:
    return [name for model in models() for name, *_case in cases_of(model)]


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.name)
def test_takes_what_keeps_every_constraint(model: OperationModel) -> None:
    assert model.input_shape is not None
    assert list(violations(model.input_shape, valid(model.input_shape))) == []


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.name)
def test_answers_with_the_modelled_error_that_names_the_member(db: None, model: OperationModel) -> None:
    key = keys.make(ACCOUNT, "", is_read_only=False)
    client, bodies = unchecked(model.service_model.service_name, key.access_key_id, key.secret, b""), [b""]
    # After what puts the first body.
    client.meta.events.register("before-call", lambda params, **_event: params.update(body=bodies[-1]))
    for name, parameters, path, said in cases_of(model):
        bodies.append(json.dumps(parameters).encode())
        expected = "InvalidNextTokenException" if path == "nextToken" else "InvalidInputException"
        with pytest.raises(ClientError) as error:
            client._make_api_call(model.name, {})
        code, status, message = refused(error)
        assert (name, code, status) == (name, expected, 400)
        assert isinstance(error.value, getattr(client.exceptions, expected)), name
        count, _, detected = message.partition(" detected: ")
        sentence = f"Value at '{path}' failed to satisfy constraint: {said}"
        # A list in brackets ends further on, and may go on before.
        assert sentence in (detected if "[Member" in said else detected.split("; ")), name
        # An empty text may break a pattern too; no other member is blamed.
        assert detected.count(f"Value at '{path}' ") == detected.count("Value at ") == int(count.split()[0]), name
        if model.name not in WITHOUT_INVALID_INPUT or path == "nextToken":
            assert expected in [shape.name for shape in model.error_shapes], name


def test_there_are_cases_for_every_operation_that_is_answered() -> None:
    assert {model.name for model in models()} == set(ANSWERED)
    ids = names_of_cases()
    assert len(ids) == len(set(ids)) > 190
    for one_of_each in (
        "CreateDatasetGroup.tags.1.member.tagKey: required",
        "CreateDatasetGroup.domain: enum",
        "CreateDatasetGroup.kmsKeyArn: pattern",
        "CreateEventTracker.tags.1.member.tagKey: required",
        "ListSchemas.maxResults: maximum",
        "PutEvents.eventList.1.member.metricAttribution.eventAttributionSource: required",
        "PutEvents.eventList.1.member.impression: maximum",
        "PutActionInteractions.actionInteractions.1.member.timestamp: required",
        "PutUsers.users: minimum",
        "PutUsers.users.1.member.userId: maximum",
        "PutUsers.users.1.member: type",
        "UntagResource.tagKeys.1.member: maximum",
        "GetRecommendations.promotions.1.member.percentPromotedItems: minimum",
        "GetRecommendations.promotions.1.member.filterValues: key pattern",
        "GetRecommendations.metadataColumns: value item maximum",
        "GetPersonalizedRanking.context: value maximum",
    ):
        assert one_of_each in ids
