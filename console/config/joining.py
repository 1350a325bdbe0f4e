"""Joins the style sheets and scripts of a page to one file each, so that a page takes few requests.

The files themselves work as they lie: style sheets import others, scripts are modules. A joined file does the same.
"""

import posixpath
import re
from collections.abc import Callable

type Read = Callable[[str], str]

CSS_IMPORT = re.compile(r'^@import url\("([^"]+)"\);\n', re.MULTILINE)
CSS_URL = re.compile(r'url\("(?![a-z]+:)([^"]+)"\)')
JS_IMPORT = re.compile(r'^import (?:(\{[\w, ]+\}) from )?"(\.\.?/[^"]+)";$', re.MULTILINE)
JS_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
NOT_JOINED = re.compile(r"^(?:import|export|@import)\b.*", re.MULTILINE)


class JoiningError(ValueError):
    """A file imports or exports in a way that is not read here; the text names the file and its line."""


def joined_styles(name: str, read: Read) -> str:
    """Return a style sheet with those that it imports in their places, whose addresses stay what they lead to."""
    directory = posixpath.dirname(name)

    def imported(found: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(directory, found[1]))
        return CSS_URL.sub(lambda url: f'url("{_moved(url[1], part, directory)}")', joined_styles(part, read))

    return _checked(name, CSS_IMPORT.sub(imported, read(name)))


def _moved(address: str, part: str, directory: str) -> str:
    """Return an address of a style sheet as it is written in one of another directory."""
    return posixpath.relpath(posixpath.join(posixpath.dirname(part), address), directory)


def joined_scripts(name: str, read: Read) -> str:
    """Return a module with those that it imports before it, each in a function that returns what it exports.

    Two joined files that import the same module have it each for itself.
    """
    order: list[str] = []
    _add(name, read, order, ())
    return "".join(_as_function(each, read(each), order) for each in order)


def _add(name: str, read: Read, order: list[str], above: tuple[str, ...]) -> None:
    """Append a module to those that are to stand before it, after all that it imports."""
    if name in above:
        raise JoiningError(f"{name} imports itself, by way of {above[-1]}.")
    for _names, address in JS_IMPORT.findall(read(name)):
        _add(_beside(name, address), read, order, (*above, name))
    if name not in order:
        order.append(name)


def _as_function(name: str, code: str, order: list[str]) -> str:
    def imported(found: re.Match[str]) -> str:
        return f"const {found[1]} = module{order.index(_beside(name, found[2]))};" if found[1] else ""

    exported = ", ".join(JS_EXPORT.findall(code))
    body = _checked(name, JS_EXPORT.sub("", JS_IMPORT.sub(imported, code)))
    return f"const module{order.index(name)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();\n"


def _beside(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def _checked(name: str, text: str) -> str:
    left = NOT_JOINED.search(text)
    if left:
        raise JoiningError(f"{name}: this cannot be joined: {left[0]}")
    return text
