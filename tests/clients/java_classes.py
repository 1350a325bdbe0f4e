"""Stand-ins for the classes of values of the AWS SDK for Java, from botocore's service model, which the SDK is made of.

They have the builders of the SDK's own classes, with the types of their members, and print what they are given.
"""

from collections.abc import Iterator
from pathlib import Path

from botocore.model import ListShape, Shape, StructureShape

from console.local.http.wire import service_model

MODEL = Path("software", "amazon", "awssdk", "services", "personalizeevents", "model")
TYPES = {"string": "String", "float": "Float", "timestamp": "Instant"}
CLASS = """package software.amazon.awssdk.services.personalizeevents.model;

import java.time.Instant;

public final class {name} extends Values {{
    public static Builder builder() {{
        return new Builder();
    }}

    public static final class Builder {{
        private final {name} made = new {name}();
{setters}
        public {name} build() {{
            return made;
        }}
    }}
}}
"""
SETTER = """
        public Builder {name}({type} value) {{
            made.set("{name}", value);
            return this;
        }}
"""


def write_classes(directory: Path) -> None:
    """Write the classes of all requests of Personalize Events, and of what is inside them."""
    model = service_model("personalize-events")
    for operation in map(model.operation_model, model.operation_names):
        assert operation.input_shape is not None
        for shape in _structures(operation.input_shape):
            # The SDK calls the shape of a request by its operation, as the model does.
            setters = "".join(SETTER.format(name=name, type=_type(each)) for name, each in shape.members.items())
            source = CLASS.format(name=shape.name, setters=setters)
            (directory / MODEL / f"{shape.name}.java").write_text(source, encoding="ascii")


def _structures(shape: Shape) -> Iterator[StructureShape]:
    if isinstance(shape, StructureShape):
        yield shape
        for member in shape.members.values():
            yield from _structures(member)
    elif isinstance(shape, ListShape):
        yield from _structures(shape.member)


def _type(shape: Shape) -> str:
    if isinstance(shape, ListShape):
        return f"{_type(shape.member)}..."
    return shape.name if isinstance(shape, StructureShape) else TYPES[shape.type_name]
