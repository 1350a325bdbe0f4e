"""A recursive descent over the tokens of a literal.

It reads nothing that only the literal's program knows: a variable, an expression, a call of an unknown function.
"""

import re
from dataclasses import dataclass

from console.records.json.nodes import Array, Bare, Node, Object, Scalar
from console.records.pasted.literals.brackets import (
    is_before_value,
    is_clojure_ahead,
    read_array,
    read_clojure,
    read_dumped,
    read_hashtable,
    read_object,
    read_repr,
    read_tuple,
)
from console.records.pasted.literals.calls import UNCHANGING, read_joined, read_method, read_word
from console.records.pasted.literals.cursor import BRACES, BRACKETS, NAMES, NUMBERS, WORDS, NoLiteral
from console.records.pasted.literals.descent import Descent
from console.records.pasted.literals.links import link_to
from console.records.pasted.literals.powershell import is_json_of_powershell, pass_json_of_powershell, pass_options
from console.records.pasted.literals.strings import read_string
from console.records.pasted.literals.tokens import STRINGS, Token
from console.records.pasted.literals.types import behind_type_arguments
from console.records.pasted.literals.words import number_of

DEEPEST_LEVEL = 32
# How what may follow a value begins.
FOLLOWING = frozenset((".", ":", "as", "|", "*", "+"))
# Milliseconds of any year that dates have.
MOST_IN_PRODUCT = 10**15
BEFORE_VALUES = ("[", "{")
# Rails prints this between a time and its offset: `Mon, 30 Nov 2026 10:00:00.000 UTC +00:00`.
ZONE_OF_RAILS = re.compile(r"(?:\.[0-9]+)? [A-Z]{2,5}(?= [-+])")
# Ruby's calls need no parentheses.
WITHOUT_PARENTHESES = frozenset(("to_json", "to_s", "to_h", "to_a", "freeze"))


@dataclass(slots=True)
class Parser(Descent):
    """Reads values."""

    def value(self) -> Node:
        """Read a value with what follows it: strings beside each other, and calls of methods."""
        self.level += 1
        node = self.primary()
        while (mark := self.peek()) in FOLLOWING:
            following = self.with_following(node, mark)
            if following is None:
                break
            node = following
            self.count()
        self.level -= 1
        return node

    def with_following(self, node: Node, mark: str) -> Node | None:
        """Read what follows a value, which begins with a mark; return what both are, or None if it is not read."""
        if mark == "." and self.peek(1) in UNCHANGING and self.peek(2) == "(":
            return read_method(self, node)
        if mark == "." and self.peek(1) == "join" and self.peek(2) == "(":
            return read_joined(self, node)
        if mark == "." and self.peek(1) in WITHOUT_PARENTHESES:
            self.position += 2
            return node
        if mark == ":" and isinstance(node, Scalar) and self.tokens[self.position + 1].kind == "number":
            # A range of R, as for the numbers of rows.
            self.position += 2
            return node
        if mark == "as" and self.tokens[self.position + 1].kind == "name" and isinstance(node, Object):
            # A type of TypeScript.
            self.position += 2
            return node
        if mark == "|" and is_json_of_powershell(self, 1):
            self.take()
            pass_json_of_powershell(self)
            return node
        if mark == "*" and isinstance(node, Scalar):
            return self.product(node)
        if mark == "+" and isinstance(node, Scalar) and isinstance(node.value, str):
            self.take()
            return Scalar(node.start, node.value + self.text())
        return None

    def skips_type_arguments(self) -> bool:
        """Go on behind types of Dart before a bracket, as in `<String>[…]`; say whether there are any."""
        self.position -= 1
        behind = behind_type_arguments(self, BEFORE_VALUES)
        self.position += behind or 1
        return behind > 0

    def is_plain_ahead(self) -> bool:
        """Return whether a number or a text is next, to which a pointer leads in Go's debugger: `*41`."""
        return self.tokens[self.position].kind in ("number", *STRINGS)

    def value_of_enum(self, token: Token) -> Scalar:
        """Return the value of a member of an enumeration of Python, which is shown behind its name."""
        self.note(WORDS)
        shown = token.text.partition(": ")[2].removesuffix(">")
        return Scalar(token.start, shown[1:-1]) if shown.startswith("'") else number_of(token.start, shown)

    def product(self, node: Scalar) -> Node:
        """Read `60 * 1000`."""
        self.take()
        other = self.primary()
        whole = [each.value for each in (node, other) if isinstance(each, Scalar) and type(each.value) is int]
        if len(whole) != 2 or max(whole) > MOST_IN_PRODUCT:
            raise NoLiteral
        return Scalar(node.start, whole[0] * whole[1], str(whole[0] * whole[1]))

    def text(self) -> str:
        """Read a text; raise NoLiteral if the next value is none."""
        node = self.primary()
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            raise NoLiteral
        return node.value

    def primary(self) -> Node:
        """Read a value without what may follow it."""
        if self.level > DEEPEST_LEVEL:
            raise NoLiteral
        self.count()
        token = self.take()
        if token.kind in STRINGS:
            return read_string(self, token)
        if token.kind == "number":
            number = number_of(token.start, token.text)
            if isinstance(number, Bare) or number.literal != token.text:
                self.note(NUMBERS)
            return number
        if token.text == "[":
            if is_before_value(self):
                return self.primary()
            node = read_array(self, token, "]")
            if isinstance(node, Object):
                self.note(BRACES)
            return node
        if token.kind == "words":
            # A list of texts of Ruby, with spaces between them.
            self.note(WORDS)
            return Array(token.start, [Scalar(token.start, each) for each in token.text[3:-1].split()])
        if token.kind == "counted":
            return read_dumped(self, token)
        if token.text.startswith("<") and self.skips_type_arguments():
            return self.primary()
        if token.text == "%" and "{" in (self.peek(), self.peek(1)):
            self.note(NAMES)
            return self.primary()
        if token.text == "@" and self.peek() == "{":
            return read_hashtable(self, self.take())
        if token.text == "@" and self.peek() == "(":
            self.note(BRACKETS)
            return read_array(self, self.take(), ")")
        if token.text == "{":
            return read_clojure(self, token) if is_clojure_ahead(self) else read_object(self, token)
        if token.text == "(":
            return read_tuple(self, token)
        if token.text == "&" or (token.text == "*" and self.is_plain_ahead()):
            return self.primary()
        if token.kind in ("struct", "repr"):
            return read_repr(self, token)
        if token.kind == "moment":
            self.note(WORDS)
            return Scalar(token.start, ZONE_OF_RAILS.sub("", token.text))
        if token.kind in ("angled", "masked", "not_shown", "opaque"):
            self.note(WORDS)
            return Bare(token.start, token.text)
        if token.kind == "enum":
            return self.value_of_enum(token)
        if token.kind == "link":
            self.note(WORDS)
            self.has_links = True
            return link_to(token.start, token.text)
        if token.kind == "flag":
            # A boolean of Perl.
            self.note(WORDS)
            return Scalar(token.start, "1" in token.text)
        if token.text == ":" and self.tokens[self.position].kind == "name":
            return Scalar(token.start, self.joined_name())
        if token.text == "\\" and self.tokens[self.position].kind == "name":
            # PHP's prefix of the global namespace.
            return self.primary()
        if token.text == "." and self.peek() == "init":
            # Swift infers the type.
            return self.primary()
        if token.text.lower() == "convertto" and is_json_of_powershell(self, -1):
            self.position -= 1
            pass_json_of_powershell(self)
            made = self.value()
            pass_options(self)
            return made
        if token.kind == "name":
            return read_word(self, token)
        raise NoLiteral
