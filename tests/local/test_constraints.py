"""Every constraint of every served operation, broken one at a time; the cases come from botocore's model."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.model import ListShape, MapShape, OperationModel, Shape, StringShape, StructureShape

from console.local.constraints import violations
from console.local.operations import OPERATIONS
from console.local.wire import service_model

# A value that keeps each pattern of the served operations.
TEXTS = {
    r"^[a-zA-Z0-9][a-zA-Z0-9\-_]*": "a-name",
    r"^[A-Za-z_]+$": "Users",
    r"arn:([a-z\d-]+):personalize:.*:.*:.+": "arn:aws:personalize:us-east-1:000000000000:dataset/a/USERS",
    r"arn:([a-z\d-]+):iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+": "arn:aws:iam::000000000000:role/r",
    r"arn:aws.*:kms:.*:[0-9]{12}:key/.*": "arn:aws:kms:us-east-1:000000000000:key/k",
    r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$": "tag",
    r"\p{ASCII}{0,1500}": "token",
}


def models() -> Iterator[OperationModel]:
    for service in ("personalize", "personalize-events"):
        model = service_model(service)
        yield from (model.operation_model(name) for name in model.operation_names if name in OPERATIONS)


def valid(shape: Shape) -> Any:
    """Return a value that keeps every constraint of a shape."""
    if isinstance(shape, StructureShape):
        return {name: valid(member) for name, member in shape.members.items()}
    if isinstance(shape, ListShape):
        return [valid(shape.member)]
    if isinstance(shape, MapShape):
        return {}
    if isinstance(shape, StringShape):
        pattern = shape.metadata.get("pattern")
        return shape.enum[0] if shape.enum else TEXTS[pattern] if pattern else "x"
    return {"integer": 1, "timestamp": 0, "boolean": True}[shape.type_name]


def broken(shape: Shape, path: str) -> Iterator[tuple[str, Any, str]]:
    """Yield a name of the case, a value that breaks one constraint, and what the sentence must say."""
    wrong_type: Any = 7 if shape.type_name != "integer" else "7"
    yield f"{path}: type", wrong_type, f"Member must be of type {shape.type_name}"
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    if shape.type_name == "integer":
        least, most = shape.metadata["min"], shape.metadata["max"]
        yield f"{path}: minimum", least - 1, f"value greater than or equal to {least}"
        yield f"{path}: maximum", most + 1, f"value less than or equal to {most}"
        return
    filling: Any = (
        "x" if isinstance(shape, StringShape) else [valid(shape.member)] if isinstance(shape, ListShape) else None
    )
    if minimum:
        yield f"{path}: minimum", filling * (minimum - 1), f"length greater than or equal to {minimum}"
    if maximum:
        yield f"{path}: maximum", filling * (maximum + 1), f"length less than or equal to {maximum}"
    if shape.metadata.get("pattern"):
        yield f"{path}: pattern", "😀", "Member must satisfy regular expression pattern"
    if isinstance(shape, StringShape) and shape.enum:
        yield f"{path}: enum", "NEITHER", f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"


def cases() -> Iterator[Any]:
    for model in models():
        shape = model.input_shape
        assert isinstance(shape, StructureShape)
        for name, member in shape.members.items():
            if name in shape.required_members:
                whole = {each: value for each, value in valid(shape).items() if each != name}
                yield pytest.param(model, whole, name, "Member must not be null", id=f"{model.name}.{name}: required")
            for case, value, said in broken(member, name):
                yield pytest.param(model, {**valid(shape), name: value}, name, said, id=f"{model.name}.{case}")


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.name)
def test_takes_what_keeps_every_constraint(model: OperationModel) -> None:
    assert model.input_shape is not None
    assert list(violations(model.input_shape, valid(model.input_shape))) == []


@pytest.mark.parametrize(("model", "parameters", "name", "said"), list(cases()))
def test_names_the_member_and_the_constraint(
    model: OperationModel, parameters: dict[str, Any], name: str, said: str
) -> None:
    assert model.input_shape is not None
    found = [each for each in violations(model.input_shape, parameters) if said in each]
    assert found
    assert found[0].startswith(f"Value at '{name}' failed to satisfy constraint: ")


def test_there_are_cases_for_every_served_operation() -> None:
    assert {model.name for model in models()} == set(OPERATIONS)
    assert len(list(cases())) > 60
