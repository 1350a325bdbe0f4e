"""Files of variables, as shells and dotenv have them: comments, and blank lines between groups of variables."""

import re
from collections.abc import Sequence

from console.records.json.nodes import quoted

ASSIGNMENT = re.compile(r"(?:export |declare -x |set |SET )?(?P<name>[A-Z][A-Z0-9_]*)=")
COMMENT = re.compile(r"\s*#.*")
# Behind a value without quotes, or behind its quotes.
BEHIND_VALUE = re.compile(r"(?P<value>=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\"'#\n]*?))[ \t]+(?P<comment>#.*)")


def without_comments(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines of a file of variables without its comments, which are named; other lines as they are.

    Blank lines between variables that each have another name keep no records apart.
    """
    written = [line for line in lines if line.strip()]
    assigned = [match for line in written if (match := ASSIGNMENT.match(line))]
    comments = [line for line in written if COMMENT.fullmatch(line)]
    if len(assigned) < 2 or len(assigned) + len(comments) < len(written):
        return list(lines), ()
    names = {match["name"] for match in assigned}
    kept = [line for line in lines if not COMMENT.fullmatch(line) and (line.strip() or len(names) < len(assigned))]
    behind = [match["comment"] for line in kept if (match := BEHIND_VALUE.search(line))]
    found = [line.strip() for line in comments] + behind
    bare = [BEHIND_VALUE.sub(r"\g<value>", line) for line in kept]
    if not found:
        return bare, ()
    comment = "1 comment is" if len(found) == 1 else f"{len(found)} comments are"
    return bare, (f"{comment} left out: {', '.join(map(quoted, found[:3]))}.",)
