"""The text of a file of records: its encoding, as its bytes tell it, and its lines in blocks."""

import codecs
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from console.records.files.readers.content import Content, opened
from console.records.files.source import FileError, Question
from console.records.json.characters import BYTE_ORDER_MARK

BLOCK = 1 << 20
LONGEST_LINE = 16 << 20
# The marks of UTF-32 begin as those of UTF-16 do.
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WORDS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "windows-1252": "Windows-1252",
    "iso-8859-1": "ISO 8859-1 (Latin-1)",
    "iso-8859-15": "ISO 8859-15 (Latin-9)",
    "macroman": "Mac Roman",
    "windows-1250": "Windows-1250 (Central Europe)",
    "windows-1251": "Windows-1251 (Cyrillic)",
    "windows-1254": "Windows-1254 (Turkish)",
    "cp850": "DOS 850",
    "cp932": "Shift JIS",
    "gb18030": "GB 18030",
}
# Encodings without a mark, in order of likelihood.
UNMARKED = [name for name in WORDS if not name.startswith("utf-")]
# The controls of ISO 8859, which no program writes in a text.
C1_CONTROLS = frozenset(range(0x80, 0xA0))
ASCII = bytes(range(128))


class Undecodable(Exception):
    """A byte that the encoding of a text does not have: it is caught where the row is known."""

    def __init__(self, byte: int) -> None:
        super().__init__(byte)
        self.byte = byte


def encoding_of(path: Path, chosen: str | None) -> tuple[str, Question | None]:
    """Return the encoding of a file of text, and the question where its bytes do not tell it; raise FileError.

    The whole text is looked at: the first byte that is no UTF-8 may be in the last row.
    """
    if chosen is not None and chosen not in WORDS:
        raise FileError(f"The encoding {chosen!r} is not one that is read. Choose one of {', '.join(WORDS)}.")
    with opened(path) as content:
        data = content.read(BLOCK)
        marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), None) or _by_zeros(data)
        if marked or _is_utf8(data, content):
            return chosen or marked or "utf-8", None
    # Few files are in others: all that their bytes tell is asked of these alone.
    with opened(path) as content:
        return _other_encoding(content, chosen)


def _is_utf8(data: bytes, content: Content) -> bool:
    """Return whether some bytes and all that follow are UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while data:
            decoder.decode(data)
            data = content.read(BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _other_encoding(content: Content, chosen: str | None) -> tuple[str, Question]:
    """Return the encoding of a text that is not in UTF-8 as a whole, and the question."""
    data = content.read(BLOCK)
    first, seen, was_utf8, is_utf8, line_feeds = data, set[int](), False, True, 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    while True:
        others = set(data.translate(None, ASCII))
        seen |= others
        line_feeds += data.count(b"\n")
        if is_utf8:
            try:
                decoder.decode(data, final=not data)
                was_utf8 = was_utf8 or bool(others)
            except UnicodeDecodeError as error:
                is_utf8 = False
                was_utf8 = was_utf8 or bool(error.object[: error.start].translate(None, ASCII))
        if not data:
            break
        data = content.read(BLOCK)
    options = [name for name in UNMARKED if _has(name, seen)]
    if was_utf8:
        options.insert(0, "utf-8")
    assumed = chosen or _assumed(options, first, seen, line_feeds)
    sentence = f"It is not in UTF-8, and is read as {WORDS[assumed]}. Do letters such as é and ü look right?"
    if assumed == "utf-8":
        sentence = "It is in UTF-8, but for some of its bytes. Is it in another encoding?"
    return assumed, Question("encoding", tuple(options), assumed, sentence)


def _by_zeros(data: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is in: of its letters, most have one byte that is zero."""
    half = len(data) // 2
    zeros_first, zeros_second = data[0::2].count(0), data[1::2].count(0)
    if half and zeros_second > half * 0.4 and zeros_first < half * 0.1:
        return "utf-16-le"
    if half and zeros_first > half * 0.4 and zeros_second < half * 0.1:
        return "utf-16-be"
    return None


def _has(encoding: str, seen: set[int]) -> bool:
    """Return whether an encoding of single bytes has each of some bytes; others cannot be told byte by byte."""
    if encoding in ("cp932", "gb18030"):
        return True
    try:
        bytes(seen).decode(encoding)
    except UnicodeDecodeError:
        return False
    return not encoding.startswith("iso-") or seen.isdisjoint(C1_CONTROLS)


def _assumed(options: list[str], first: bytes, seen: set[int], line_feeds: int) -> str:
    if "utf-8" in options:
        return "utf-8"
    # Excel for the Mac writes both: lines that end with CR alone, and Mac Roman.
    is_of_mac = b"\r" in first and not line_feeds
    return "macroman" if is_of_mac or "windows-1252" not in options else "windows-1252"


def texts(content: Content, encoding: str) -> Iterator[str]:
    """Yield a text in pieces, without a byte order mark; raise Undecodable after what comes before such a byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    start = BYTE_ORDER_MARK
    while True:
        data = content.read(BLOCK)
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            yield error.object[: error.start].decode(encoding).removeprefix(start)
            raise Undecodable(error.object[error.start]) from error
        yield text.removeprefix(start)
        if not data:
            return
        start = "" if text else start


def lines_in_blocks(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines of a text with their ends, CRLF, LF or CR, many at a time; raise FileError."""
    return map(lines_of, blocks_of_lines(pieces))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their ends, CRLF, LF or CR."""
    return io.StringIO(text, newline="").readlines()


def blocks_of_lines(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a text in blocks of whole lines; raise FileError."""
    rest = ""
    for piece in pieces:
        text = rest + piece
        # A CR at the end may be the first half of a CRLF.
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        if len(text) - end > LONGEST_LINE:
            raise FileError(f"It has a line of more than {LONGEST_LINE:,} characters, as no file of rows has.")
        if end:
            yield text[:end]
        rest = text[end:]
    if rest:
        yield rest


def undecodable(where: str, error: Undecodable, encoding: str) -> FileError:
    """Return the error of a byte that an encoding does not have."""
    advice = "Choose the encoding that it was saved in, or save it again as UTF-8."
    return FileError(f"{where}: the byte 0x{error.byte:02X} is no text in {WORDS[encoding]}. {advice}")
