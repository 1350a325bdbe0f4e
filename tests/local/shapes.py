"""Answers beside the shapes that botocore's models have for them."""

from collections.abc import Iterator
from typing import Any

from botocore.model import ListShape, OperationModel, Shape, StructureShape

from console.local.http.wire import service_model


def model_of(operation: str) -> OperationModel:
    control = service_model("personalize")
    service = control if operation in control.operation_names else service_model("personalize-events")
    return service.operation_model(operation)


def missing(shape: Shape, value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of each member of a shape that a parsed answer does not have; of a list, its items' members."""
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            inner = f"{path}.{name}" if path else name
            if name not in value:
                yield inner
            else:
                yield from missing(member, value[name], inner)
    elif isinstance(shape, ListShape):
        assert value, f"{path} is empty, so that nothing is known of its items."
        for item in value:
            yield from missing(shape.member, item, path)


def unknown(shape: Shape | None, value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of each member of an answer, as it is on the wire, that the model does not have."""
    if isinstance(shape, ListShape):
        for item in value:
            yield from unknown(shape.member, item, path)
    elif isinstance(value, dict):
        known = shape.members if isinstance(shape, StructureShape) else {}
        for name, member in value.items():
            inner = f"{path}.{name}" if path else name
            yield from unknown(known[name], member, inner) if name in known else [inner]
