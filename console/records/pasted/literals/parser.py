"""A recursive descent over the tokens of a literal.

It reads nothing that only the literal's program knows: a variable, an expression, a call of an unknown function.
"""

import re
from dataclasses import dataclass, field

from console.records.entities import ENTITIES
from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.pasted.literals.cursor import (
    BRACES,
    BRACKETS,
    NAMES,
    NUMBERS,
    QUOTES,
    SEPARATORS,
    WORDS,
    Cursor,
    NoLiteral,
)
from console.records.pasted.literals.tokens import STRINGS, Token
from console.records.pasted.literals.types import behind_go_type, behind_type_arguments
from console.records.pasted.literals.words import call_value, last_part, number_of, word_value
from console.records.property_names import match_key

DEEPEST_LEVEL = 32
MOST_VALUES = 30_000
# Milliseconds of any year that dates have.
MOST_IN_PRODUCT = 10**15
BEFORE_VALUE = ("new", "await", "return")
# Casts of PHP, as its var_export writes objects, and of C#.
CASTS = ("object", "array", "int", "long", "short", "double", "float", "decimal", "bool", "string")
# Keyword arguments whose value may be the name of a type.
TYPE_ARGUMENTS = ("dtype", "default_factory")
POWERSHELL_CODE = re.compile(r"[`$]")
WITH = re.compile(r"with(?=[A-Z])")
TARGETS = {match_key(entity.target) for entity in ENTITIES.values()}
BEHIND_VALUE = (",", ";", ")", "]", "}")
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
# In tokens: os.environ["DATASET_ARN"] has four.
LONGEST_TARGET = 32
MACROS = ("vec", "json")
# Methods that leave a value as it is.
UNCHANGING = frozenset(
    (
        *("build", "encode", "decode", "toString", "isoformat", "freeze", "to_s", "trim", "toList", "strip"),
        *("to_string", "to_owned", "into", "tolist", "ToList", "ToArray", "toDF"),
    )
)
# The same of Ruby, where a call needs no parentheses.
WITHOUT_PARENTHESES = frozenset(("to_json", "to_s", "to_h", "to_a", "freeze"))


@dataclass(slots=True)
class Parser(Cursor):
    """Reads values, of at most `most_values` parts.

    `variables` are what stood in the place of a request's target, and only its program knows.
    """

    level: int = 0
    values: int = 0
    is_powershell: bool = False
    variables: dict[str, None] = field(default_factory=dict)
    most_values: int = MOST_VALUES

    def value(self) -> Node:
        """Read a value with what follows it: strings beside each other, and calls of methods."""
        self.level += 1
        node = self.primary()
        while True:
            if self.peek() == "." and self.peek(2) == "(":
                node = self.method(node)
            elif self.peek() == "." and self.peek(1) in WITHOUT_PARENTHESES:
                self.position += 2
            elif self.peek() == ":" and isinstance(node, Scalar) and self.tokens[self.position + 1].kind == "number":
                # A range of R, as for the numbers of rows.
                self.position += 2
            elif self.peek() == "*" and isinstance(node, Scalar):
                node = self.product(node)
            elif self.peek() == "+" and isinstance(node, Scalar) and isinstance(node.value, str):
                self.take()
                node = Scalar(node.start, node.value + self.text())
            else:
                break
        self.level -= 1
        return node

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
        self.values += 1
        if self.level > DEEPEST_LEVEL or self.values > self.most_values:
            raise NoLiteral
        token = self.take()
        if token.kind in STRINGS:
            return self.read_string(token)
        if token.kind == "number":
            number = number_of(token.start, token.text)
            if isinstance(number, Bare) or number.literal != token.text:
                self.note(NUMBERS)
            return number
        if token.text == "[":
            if self.is_before_value():
                return self.primary()
            node = self.read_array(token, "]")
            if isinstance(node, Object):
                self.note(BRACES)
            return node
        if token.text == "%" and "{" in (self.peek(), self.peek(1)):
            self.note(NAMES)
            return self.primary()
        if token.text == "@" and self.peek() == "{":
            return self.read_hashtable(self.take())
        if token.text == "@" and self.peek() == "(":
            self.note(BRACKETS)
            return self.read_array(self.take(), ")")
        if token.text == "{":
            return self.read_clojure(token) if self.is_clojure_ahead() else self.read_object(token)
        if token.text == "(":
            return self.read_tuple(token)
        if token.text == "&":
            return self.primary()
        if token.kind in ("struct", "repr"):
            return self.read_repr(token)
        if token.kind in ("angled", "masked"):
            self.note(WORDS)
            return Bare(token.start, token.text)
        if token.text == ":" and self.tokens[self.position].kind == "name":
            return Scalar(token.start, self.joined_name())
        if token.kind == "name":
            return self.word(token)
        raise NoLiteral

    def read_string(self, token: Token) -> Scalar:
        """Read a string, and those that stand right behind it, which are one with it."""
        if self.is_powershell:
            return Scalar(token.start, self.powershell_text(token))
        parts = [self.part(token)]
        while self.tokens[self.position].kind in STRINGS and not self.is_key_ahead():
            parts.append(self.part(self.take()))
            self.values += 1
            if self.values > self.most_values:
                raise NoLiteral
            self.note(QUOTES)
        return Scalar(token.start, "".join(parts))

    def read_array(self, opening: Token, closing: str) -> Array | Object:
        """Read what stands in the brackets of an array; with names before its items it is an object, as in PHP."""
        items, members = self.items(closing)
        if items and members:
            raise NoLiteral
        if members and not all(each.key == str(number) for number, each in enumerate(members)):
            return Object(opening.start, members)
        return Array(opening.start, [*items, *(each.value for each in members)])

    def is_before_value(self) -> bool:
        """Say whether a bracket was that of a type before its value, and go on behind it.

        Such are `[]types.User{…}` of Go, `[pscustomobject]@{…}` of PowerShell, `[] {…}` behind C#'s `new`, and
        `[Object: null prototype] {…}` of Node.js.
        """
        if self.peek(1) == ":" and [self.peek(ahead) for ahead in (2, 3, 4)] == ["null", "prototype", "]"]:
            self.position += 5
            return True
        if self.peek(1) == "]" and self.peek(2) == "@":
            self.position += 2
            return True
        self.position -= 1
        behind = behind_go_type(self)
        self.position += behind or 1
        if not behind and self.peek() == "]" and self.peek(1) == "{":
            self.position += 1
            return True
        return bool(behind)

    def read_hashtable(self, opening: Token) -> Object:
        """Read what stands in the braces of a hashtable of PowerShell: its members end with semicolons or lines."""
        self.note(NAMES)
        was, self.is_powershell = self.is_powershell, True
        members: list[Member] = []
        while self.peek() != "}":
            members.append(self.member())
            while self.peek() == ";":
                self.take()
        self.expect("}")
        self.is_powershell = was
        return Object(opening.start, members)

    def powershell_text(self, token: Token) -> str:
        """Return a text of PowerShell, where a backslash is one; raise NoLiteral if it has a variable or an escape."""
        text = token.text[1:-1]
        if token.kind not in ("string", "single", "empty") or (
            token.kind == "string" and POWERSHELL_CODE.search(text)
        ):
            raise NoLiteral
        following = self.tokens[self.position]
        if following.kind in STRINGS and following.start == token.start + len(token.text):
            # A quote in the text is written twice.
            return f"{text}{token.text[0]}{self.powershell_text(self.take())}"
        return text

    def is_clojure_ahead(self) -> bool:
        """Say whether the members of a map of Clojure are next: keywords with their values behind them."""
        return self.peek() == ":" and self.tokens[self.position + 1].kind == "name" and self.peek(2) != "=>"

    def read_clojure(self, opening: Token) -> Object:
        """Read what stands in the braces of a map of Clojure."""
        self.note(NAMES)
        self.needs_commas = False
        members: list[Member] = []
        while self.peek() != "}":
            key = self.expect(":")
            members.append(Member(key.start, self.joined_name(), self.value()))
            self.separator("}", is_plain=True)
        self.expect("}")
        return Object(opening.start, members)

    def items(self, closing: str) -> tuple[list[Node], list[Member]]:
        """Read items and members in brackets, and the closing one."""
        items: list[Node] = []
        members: list[Member] = []
        while self.peek() != closing:
            if self.is_member_ahead():
                members.append(self.member())
            else:
                items.append(self.value())
            self.separator(closing)
        self.expect(closing)
        return items, members

    def read_object(self, opening: Token) -> Node:
        """Read what stands in braces."""
        if self.peek() != "}" and not self.is_member_ahead():
            # The initializer of an array in Java, C# and Lua.
            self.note(BRACKETS)
            return self.read_array(opening, "}")
        members: list[Member] = []
        while self.peek() != "}":
            members.append(self.member())
            self.separator("}")
        self.expect("}")
        return Object(opening.start, members)

    def read_repr(self, opening: Token) -> Node:
        """Read `#<struct User USER_ID="u-1">` of Ruby, or `<QuerySet [{…}]>`, whose value it is."""
        self.note(NAMES)
        if opening.kind == "repr":
            node = self.value()
        else:
            node = Object(opening.start, self.items(">")[1])
            self.position -= 1
        self.expect(">")
        return node

    def read_tuple(self, opening: Token) -> Node:
        """Read a tuple, or a value in parentheses."""
        cast = 1 + (self.peek(1) == "?")
        if (self.peek() in CASTS and self.peek(cast) == ")") or (
            self.peek() == "*" and (cast := behind_go_type(self))
        ):
            self.position += cast + 1
            return self.value()
        items: list[Node] = []
        is_tuple = False
        while self.peek() != ")":
            items.append(self.value())
            is_tuple = is_tuple or self.peek() == ","
            self.separator(")", is_plain=True)
        self.expect(")")
        if len(items) == 1 and not is_tuple:
            return items[0]
        self.note("tuples written as arrays")
        return Array(opening.start, items)

    def member(self) -> Member:
        """Read a name and the value behind it."""
        is_in_brackets = self.is_in_brackets_ahead()
        if is_in_brackets:
            self.take()
        key = self.take()
        if is_in_brackets:
            self.expect("]")
        is_symbol = key.kind == "mark" and key.text == ":"
        if is_symbol:
            key = self.take()
        if key.kind in STRINGS:
            name = self.powershell_text(key) if self.is_powershell else self.part(key)
        elif key.kind in ("name", "number"):
            name = key.text
            self.note(NAMES)
        else:
            raise NoLiteral
        if self.peek() not in SEPARATORS:
            raise NoLiteral
        if self.take().text != ":":
            self.note(NAMES)
        if name in TYPE_ARGUMENTS and self.tokens[self.position].kind == "name" and self.peek(1) in (",", ")"):
            return Member(key.start, name, Bare(key.start, self.take().text))
        return Member(key.start, name, self.target() if match_key(name) in TARGETS else self.value())

    def target(self) -> Node:
        """Read the target of a request; of a variable or code in its place, the text is kept apart."""
        start = self.position
        try:
            node = self.value()
            if self.peek() in BEHIND_VALUE or self.is_at_end():
                return node
        except NoLiteral:
            pass
        self.position, opened = start, 0
        texts: list[str] = []
        while opened or self.peek() not in BEHIND_VALUE:
            token = self.take()
            opened += (token.text in OPENING) - (token.text in CLOSING)
            texts.append(token.text)
            if len(texts) > LONGEST_TARGET:
                raise NoLiteral
        self.variables["".join(texts)] = None
        return Scalar(self.tokens[start].start, None)

    def arguments(self, function: Token | None = None) -> tuple[list[Node], list[Member]]:
        """Read the arguments of a call: those without a name, and those with one."""
        self.expect("(")
        if function and last_part(function.text) == "defaultdict" and self.tokens[self.position].kind == "class_name":
            self.take()
            self.expect(",")
        return self.items(")")

    def word(self, token: Token) -> Node:
        """Read a word: that of a value, a call, or a name before the braces of an object."""
        if token.text in BEFORE_VALUE:
            return self.primary()
        if token.text == "interface" and self.peek(2) == "(":
            self.position += 2
            return self.primary()
        if token.text == "map" and self.peek() == "[" and self.is_before_value():
            return self.primary()
        if token.text in MACROS and self.peek() == "!":
            self.take()
            return self.primary()
        self.position += behind_type_arguments(self)
        if self.peek() == "(":
            arguments = self.arguments(token)
            self.note(WORDS)
            if arguments == ([], []) and self.peek() == "{":
                return self.initialized(token)
            if arguments == ([], []) and self.peek() == "." and WITH.match(self.peek(1)):
                return self.with_members(token)
            if last_part(token.text) == "builder" and arguments == ([], []):
                return self.built(token)
            node = call_value(token.start, token.text, arguments)
            if node is None:
                raise NoLiteral
            return node
        word = word_value(token.start, token.text)
        if word is not None:
            if token.text not in ("true", "false", "null"):
                self.note(WORDS)
            return word
        if self.peek() == "{":
            self.note(NAMES)
            return self.initialized(token)
        raise NoLiteral

    def initialized(self, token: Token) -> Node:
        """Read the braces behind the name of a type; a dictionary of C# has its members as pairs."""
        node = self.read_object(self.take())
        return (isinstance(node, Array) and call_value(token.start, "dict", ([node], []))) or node

    def built(self, token: Token) -> Node:
        """Read the calls of a builder in Java: each is a member, up to `build()`."""
        members: list[Member] = []
        while self.peek() == ".":
            self.take()
            name = self.take()
            if name.text == "build":
                self.arguments()
                return Object(token.start, members)
            members.append(self.called(name, name.text))
        raise NoLiteral

    def with_members(self, token: Token) -> Node:
        """Read calls such as `.withUserId("u-1")`, each of which is a member."""
        members: list[Member] = []
        while self.peek() == "." and WITH.match(self.peek(1)):
            self.take()
            name = self.take()
            members.append(self.called(name, WITH.sub("", name.text)))
        return Object(token.start, members)

    def called(self, name: Token, member: str) -> Member:
        """Read the arguments of a method that sets a member."""
        self.values += 1
        if match_key(member) in TARGETS:
            self.expect("(")
            target = self.target()
            self.expect(")")
            return Member(name.start, member, target)
        values, named = self.arguments()
        if named:
            raise NoLiteral
        return Member(name.start, member, values[0] if len(values) == 1 else Array(name.start, values))

    def method(self, node: Node) -> Node:
        """Read the call of a method that leaves its value as it is; raise NoLiteral of any other."""
        self.take()
        if self.take().text not in UNCHANGING:
            raise NoLiteral
        self.arguments()
        return node
