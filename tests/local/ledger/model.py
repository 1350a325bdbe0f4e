"""What botocore's models say of an operation, in the words of the ledger."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StringShape, StructureShape

from tests.local.ledger.entry import Entry

APIS = ("personalize", "personalize-events", "personalize-runtime")
# What the ledger calls the patterns.
PATTERNS = {
    r"arn:([a-z\d-]+):personalize:.*:.*:.+": "ARN",
    r"[A-Za-z\d_]+": "CONTEXT",
    r"[A-Za-z0-9_]+": "FILTER",
    r"arn:aws.*:kms:.*:[0-9]{12}:key/.*": "KMS_KEY",
    r"(s3|http|https)://.+": "LOCATION",
    r"^[a-zA-Z0-9][a-zA-Z0-9\-_]*": "NAME",
    r"^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$": "PRINTABLE",
    r"arn:([a-z\d-]+):iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+": "ROLE",
    r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$": "TAG",
    r"\p{ASCII}{0,1500}": "TOKEN",
    r"^[A-Za-z_]+$": "TYPE",
}


def service_models() -> list[ServiceModel]:
    """Return botocore's models of the three APIs."""
    return [ServiceModel(Loader().load_service_model(api, "service-2"), api) for api in APIS]


def operations(models: Iterable[ServiceModel]) -> dict[str, OperationModel]:
    """Return the models of all operations of some APIs, by name."""
    return {name: model.operation_model(name) for model in models for name in model.operation_names}


def differences(
    models: Iterable[ServiceModel],
    table: Mapping[str, Entry],
    not_served: Collection[str],
    without_model: Collection[tuple[str, str]],
) -> list[str]:
    """Return a sentence for each operation, member, constraint and error that a table and the models do not share.

    `not_served` are operations without an entry, and `without_model` errors that the models do not have, by operation.
    """
    found = operations(models)
    sentences = [f"{name} is not in the ledger." for name in found if name not in table and name not in not_served]
    sentences += [f"{name} is not in the models." for name in [*table, *not_served] if name not in found]
    for name, entry in table.items():
        if name in found:
            sentences += [f"{name} {each}" for each in _differences(found[name], entry, name, without_model)]
    return sentences


def _differences(
    model: OperationModel, entry: Entry, name: str, without_model: Collection[tuple[str, str]]
) -> Iterator[str]:
    taken = {each.member: each.constraints for each in entry.taken}
    given = {each.member: each.constraints for each in entry.given}
    for verb, known, shape in (("takes", taken, model.input_shape), ("gives", given, model.output_shape)):
        expected = members(shape)
        for member in sorted(known | expected):
            if known.get(member) != expected.get(member):
                said = f"{verb} {member}: {expected.get(member, 'nothing')} in the model"
                yield f"{said}, {known.get(member, 'nothing')} in the ledger."
    errors = {each.name for each in model.error_shapes}
    codes = {each.code for each in entry.failures if (name, each.code) not in without_model}
    yield from (f"fails with {code} in the model, and not in the ledger." for code in sorted(errors - codes))
    yield from (f"fails with {code} in the ledger, and not in the model." for code in sorted(codes - errors))


def members(shape: Shape | None) -> dict[str, str]:
    """Return the constraints of each member of a request or an answer, by its way.

    Items of lists that are structures have none but those of their own members.
    """
    return dict(_inside(shape, "")) if shape else {}


def _inside(shape: Shape, way: str) -> Iterator[tuple[str, str]]:
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            yield from _member(member, f"{way}.{name}" if way else name, is_required=name in shape.required_members)
    elif isinstance(shape, ListShape):
        if isinstance(shape.member, StructureShape):
            yield from _inside(shape.member, f"{way}[]")
        else:
            yield from _member(shape.member, f"{way}[]")
    elif isinstance(shape, MapShape):
        yield from _member(shape.key, f"{way}.key")
        yield from _member(shape.value, f"{way}.value")


def _member(shape: Shape, way: str, *, is_required: bool = False) -> Iterator[tuple[str, str]]:
    yield way, constraints(shape, is_required=is_required)
    yield from _inside(shape, way)


def constraints(shape: Shape, *, is_required: bool = False) -> str:
    """Return the constraints of a member in words: its type, its length or range, its pattern or values."""
    words = [shape.type_name, *_range(shape)]
    if pattern := shape.metadata.get("pattern"):
        words.append(PATTERNS.get(pattern, pattern))
    if isinstance(shape, StringShape) and shape.enum:
        words.append(" or ".join(shape.enum))
    return ", ".join([*words, *(["required"] if is_required else [])])


def _range(shape: Shape) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    is_length = shape.type_name not in ("integer", "long", "float", "double")
    if is_length and not least:
        # No length is below 0.
        least = None
    if least is not None and most is not None:
        yield f"{least} to {most}"
    elif most is not None:
        yield f"up to {most}"
    elif least is not None:
        yield f"at least {least}"
