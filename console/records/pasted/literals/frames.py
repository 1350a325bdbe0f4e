"""Data frames and arrays of Python and R in literals, and lists of values."""

from console.records.json.nodes import Array, Member, Node, Object, Scalar

FRAMES_OF_R = frozenset(("data.frame", "data.table", "tibble", "as.data.frame"))
FRAME_OPTIONS = frozenset(
    ("stringsAsFactors", "check.names", "check.rows", "row.names", "fix.empty.names", "key", ".name_repair", ".rows")
)


def list_of(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the list that values are, or the object of named ones; None if there are both."""
    if members and not values:
        return Object(start, members)
    if members and not isinstance(values[0], Array):
        return None
    is_only_array = len(values) == 1 and isinstance(values[0], Array)
    return values[0] if is_only_array else Array(start, values)


def items_of_list(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the list whose items values are; one list among them that has more than values is that list."""
    match values:
        case [Array(items=items)] if not members and items and all(isinstance(each, Scalar) for each in items):
            return Array(start, values)
        case _:
            return list_of(start, values, members)


def first_of(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the object of named values, or the first of others if that has values in it, else None."""
    if members and not values:
        return Object(start, members)
    return values[0] if values and not isinstance(values[0], Scalar) else None


def frame(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return what a data frame is made of: rows under a heading, records or columns.

    Its index becomes a column, since it may be the ids.
    """
    if not values:
        return Object(start, members) if members else None
    named = {each.key: each.value for each in members}
    heading = next((_names(named[key]) for key in ("columns", "schema", "dtype", "names") if key in named), [])
    index = named.get("index")
    data = _of_series(values[0])
    if heading and isinstance(data, Array) and all(isinstance(each, Array) for each in data.items):
        names: Node = Array(start, [Scalar(start, name) for name in heading])
        data = Array(data.start, [names, *data.items], data.more)
        index = Array(start, [Scalar(start, "index"), *index.items]) if isinstance(index, Array) else None
    return _with_index(data, index) if isinstance(index, Array) else first_of(start, [data], [])


def _of_series(data: Node) -> Node:
    """Return the columns that a list of series of polars are, and anything else as it is."""
    each = data.items if isinstance(data, Array) else []
    columns = [member for item in each if isinstance(item, Object) for member in item.members]
    are_series = len(each) == len(columns) > 0 and all(isinstance(member.value, Array) for member in columns)
    return Object(data.start, columns) if are_series else data


def series(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the one column that a series of polars is, by its name; of pandas, what it is made of."""
    match values:
        case [Scalar(value=str(name)), Array()]:
            return Object(start, [Member(start, name, values[1])])
        case [Object() | Array()] if not members:
            return values[0]
        case _:
            return None


def frame_of_spark(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return what a data frame of Spark is made of; the names of its columns may be its second argument."""
    names = [Member(start, "schema", values[1])] if len(values) > 1 else []
    return frame(start, values[:1], [*names, *members])


def _with_index(data: Node, index: Array) -> Node | None:
    """Return rows, records or columns with their index among them."""
    match data:
        case Object(start=start, members=members):
            return Object(start, [Member(start, "index", index), *members])
        case Array(start=start, items=items) if len(items) == len(index.items):
            pairs = list(zip(index.items, items, strict=True))
            rows = [Array(row.start, [each, *row.items]) for each, row in pairs if isinstance(row, Array)]
            records = [
                Object(row.start, [Member(row.start, "index", each), *row.members])
                for each, row in pairs
                if isinstance(row, Object)
            ]
            return Array(start, [*rows, *records]) if len(items) in (len(rows), len(records)) else None
        case _:
            return None


def _names(node: Node) -> list[str]:
    """Return the names of columns: texts, pairs of a name and a type, or an object of types by their names."""
    if isinstance(node, Object):
        return [each.key for each in node.members]
    items = node.items if isinstance(node, Array) else []
    pairs = [each.items[0] if isinstance(each, Array) and each.items else each for each in items]
    return [each.value for each in pairs if isinstance(each, Scalar) and isinstance(each.value, str)]


def numpy_array(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the array of numpy: a record array has the names of its fields in its dtype."""
    dtype = next((each.value for each in members if each.key == "dtype"), None)
    return frame(start, values, members) if isinstance(dtype, Array) else list_of(start, values, members)


def frame_of_r(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the columns of a data frame of R, without what it is told of them."""
    return first_of(start, values, [each for each in members if each.key not in FRAME_OPTIONS])


def masked(_start: int, _values: list[Node], members: list[Member]) -> Node | None:
    """Return the values of a masked array of numpy."""
    return next((each.value for each in members if each.key == "data"), None)
