"""A place among the tokens of a literal, and what can be said there of what comes next."""

import re
from dataclasses import dataclass, field

from console.records.pasted.literals.numbered_characters import Decimals
from console.records.pasted.literals.tokens import (
    END,
    STRINGS,
    Token,
    Tokens,
    has_code,
    may_have_ruby,
    string_text,
    text_in_quotes,
)

SEPARATORS = (":", "=>", "->", "=", "to")
MOST_PARTS_OF_NAME = 32
# An escape that JSON does not have.
OTHER_ESCAPE = re.compile(r"\\[^\"\\/bfnrtu]|\\u\{")

# Departures from JSON, as shown to people.
QUOTES = "text put in straight double quotes"
NAMES = "names put in double quotes"
WORDS = "words and calls such as None and Decimal(…) written as JSON has them"
COMMAS = "trailing commas removed"
MISSING_COMMAS = "missing commas added"
COMMENTS = "comments removed"
SPACES = "unusual spaces replaced"
BRACKETS = "the missing outer brackets added"
BRACES = "the missing braces added"
JOINED = "texts beside one another joined"
TWICE = "a quote that is written twice read as one"
NUMBERS = "numbers written as JSON has them"


class NoLiteral(ValueError):
    """A text that is no literal, or has a part that only its program knows."""


@dataclass(slots=True)
class Cursor:
    """A place among tokens; `fixes` are what was met that JSON has another way for.

    `code` are texts with parts that their program computes, `ruby_in_texts` and `variables_in_texts` those that have
    such parts in some languages.
    `needs_commas` says whether items have commas between them: Clojure's have not. `has_lines` tells whether lines
    alone stood between members.
    """

    tokens: Tokens
    position: int = 0
    fixes: dict[str, None] = field(default_factory=dict)
    code: dict[str, None] = field(default_factory=dict)
    ruby_in_texts: dict[str, None] = field(default_factory=dict)
    variables_in_texts: dict[str, None] = field(default_factory=dict)
    needs_commas: bool = True
    has_lines: bool = False
    decimals: Decimals | None = None

    def peek(self, ahead: int = 0) -> str:
        """Return the text of a token that is a mark, a word or anything else but a string; "" at the end."""
        token = self.tokens[self.position + ahead]
        return token.text if token.kind not in STRINGS else ""

    def is_at_end(self) -> bool:
        """Return whether all tokens are read."""
        return self.tokens[self.position] is END

    def take(self) -> Token:
        """Return the next token, and go on behind it; raise NoLiteral at the end."""
        if self.is_at_end():
            raise NoLiteral
        self.position += 1
        return self.tokens[self.position - 1]

    def expect(self, text: str) -> Token:
        """Return the next token, which must be this one; raise NoLiteral."""
        if self.peek() != text:
            raise NoLiteral
        return self.take()

    def note(self, fix: str) -> None:
        """Note something that JSON has another way for."""
        self.fixes[fix] = None

    def part(self, token: Token) -> str:
        """Return the text of a string token; raise NoLiteral if only its program knows it."""
        if has_code(token):
            self.code[text_in_quotes(token)] = None
        if may_have_ruby(token):
            self.ruby_in_texts[text_in_quotes(token)] = None
        if "\\" in token.text and self.decimals is None:
            self.decimals = Decimals(self.tokens.text)
        is_decimal = self.decimals is not None and self.decimals.has(token)
        text = self.decimals.text(token) if self.decimals and is_decimal else string_text(token)
        if text is None:
            raise NoLiteral
        if token.kind not in ("string", "empty") or OTHER_ESCAPE.search(token.text):
            self.note(QUOTES)
        return text

    def is_key_ahead(self) -> bool:
        """Return whether the next token is the name of a member."""
        return self.peek(1) in SEPARATORS

    def separator(self, closing: str, *, is_plain: bool = False) -> None:
        """Read what stands between two items; one before the closing bracket is noted."""
        if self.peek() == ",":
            self.take()
            if self.peek() == closing and not is_plain:
                self.note(COMMAS)
        elif self.peek() == ";" and closing in ("}", "]"):
            self.take()
        elif self.peek() == "{" and closing == "]" and self.tokens[self.position - 1].text == "}":
            # GraphQL treats commas as blanks.
            self.note(MISSING_COMMAS)
        elif self.peek() == "@" and self.peek(1) == "{" and closing == ")":
            # Of PowerShell, where an end of a line is one of an item.
            self.note(MISSING_COMMAS)
        elif self.is_on_new_line():
            self.has_lines = True
        elif self.peek() != closing and self.needs_commas:
            raise NoLiteral

    def is_on_new_line(self) -> bool:
        """Return whether the next member begins a line, as in HCL and F#, where it needs no comma before it."""
        last, following = self.tokens[self.position - 1], self.tokens[self.position]
        is_assigned = (following.kind == "name" or following.kind in STRINGS) and self.peek(1) == "="
        return is_assigned and "\n" in self.tokens.text[last.start + len(last.text) : following.start]

    def joined_name(self) -> str:
        """Read a name that may have hyphens, as Clojure's have."""
        token = self.take()
        if token.kind != "name":
            raise NoLiteral
        parts, end = [token.text], token.start + len(token.text)
        while self.peek() == "-" and self.tokens[self.position].start == end:
            hyphen, part = self.take(), self.take()
            if part.kind != "name" or part.start != end + len(hyphen.text) or len(parts) == MOST_PARTS_OF_NAME:
                raise NoLiteral
            parts.append(part.text)
            end = part.start + len(part.text)
        return "-".join(parts)

    def is_member_ahead(self) -> bool:
        """Return whether a member is next: a name of any kind, and what stands behind names."""
        token = self.tokens[self.position]
        if token.text == ":" and token.kind not in STRINGS:
            return self.peek(2) == "=>"
        if token.kind == "property" or self.is_in_brackets_ahead():
            return True
        is_key = token.kind in STRINGS or token.kind in ("name", "number")
        return is_key and self.peek(1) in SEPARATORS

    def is_in_brackets_ahead(self) -> bool:
        """Return whether a member whose name stands in brackets is next: `["USER_ID"] = ` of C#."""
        following = self.tokens[self.position + 1]
        if self.peek() != "[" or self.peek(2) != "]":
            return False
        # Numbers of items stand so in what PHP dumps.
        is_number = following.kind == "number" and self.peek(3) == "=>"
        return is_number or (following.kind in STRINGS and self.peek(3) in (":", "=", "=>"))
