"""What stands around a command that was copied: prompts, quotes of a text program; and the shell that it is for."""

import re
from collections.abc import Callable

from console.records.pasted.commands.command_prompt import read_command_prompt
from console.records.pasted.commands.posix import read_posix
from console.records.pasted.commands.powershell import read_powershell
from console.records.pasted.commands.words import Call

type Shell = Callable[[str], list[Call]]

PROMPT = re.compile(
    r"""(?:\([\w.-]+\)[ ])?(?:
      (?P<powershell>PS(?:[ ][^>\n]{0,200})?>)
    | (?P<cmd>[A-Za-z]:\\[^>\n]{0,200}>)
    | \[?[\w.-]{1,64}@[\w.-]{1,64}[^$\#%>\n]{0,200}[$\#%>](?=\s)
    | [\w.-]{1,64}@[\w.-]{1,64}[ ]MINGW[^\n]{0,200}\n\$(?=\s)
    | [\w.-]{1,64}:[^\s$]{1,200}[ ][\w.-]{1,64}\$(?=\s)
    | (?:In[ ]\[\d*\]:[ ]?)?!(?=\s*\w) | %%(?:bash|sh)[^\n]*\n
    | [~/][^\s$\#%>]{0,200}[ ]?[$\#%>](?=\s)
    | (?:ba|z|da|k)?sh(?:-[\d.]+)?[$\#%](?=\s)
    | \N{HEAVY ROUND-TIPPED RIGHTWARDS ARROW}[ ]+\S+(?:[ ]git:\(\S+\))?(?:[ ]\N{BALLOT X})?(?=\s)
    | [$\#%>\N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT}»](?=[ \t]+[^\s\#])
    )[ \t]*""",
    re.VERBOSE,
)
CONTINUED = re.compile(r"(?:>>?|More\?)[ ]?")
OUTER_QUOTE = re.compile(r"(?:(?<=[\s=])|^)[\u2018\u2019]|[\u2018\u2019](?=\s|\Z)")
JSON_QUOTE = re.compile(r"(?<=[\s=\[{,:\\])[\u201c\u201d\u201e]|[\u201c\u201d\u201e](?=[\s\]},:\\]|\Z)")

SIGNS: tuple[tuple[re.Pattern[str], Shell], ...] = (
    # The heredoc may contain what looks like the syntax of another shell.
    (re.compile(r"<<-?[ \t]*(?P<quote>['\"]?)[A-Za-z_]\w*(?P=quote)[ \t]*(?:[|>)&][^\n]{0,1000}+)?\n"), read_posix),
    (re.compile(r"\\[ \t]*\n"), read_posix),
    (re.compile(r"`[ \t]*\n"), read_powershell),
    (re.compile(r"\^[ \t]*\n"), read_command_prompt),
    # PowerShell's variables, here-strings, and nested quotes, some of which a POSIX shell drops.
    (re.compile(r"[\[{,:]\s*\\*`\""), read_powershell),
    (re.compile(r"\$env:\w|@['\"][ \t]*\n|^\s*(?:&\s|\$\w+\s*=\s)|[^\s'=\\]''[^\s']", re.IGNORECASE), read_powershell),
    (re.compile(r"\A(?=[^']*+\Z).*(?:%[A-Za-z_]\w*%|\s\"\s*[\[{][^\"]*\"\")", re.DOTALL), read_command_prompt),
)


def without_prompts(text: str) -> tuple[str, Shell | None]:
    """Return a text without the prompts that a shell printed before it, and the shell if a prompt tells."""
    prompt = PROMPT.match(text)
    if prompt is None:
        return text, None
    shell = read_powershell if prompt["powershell"] else read_command_prompt if prompt["cmd"] else None
    again = prompt[0].rpartition("\n")[2]
    first, *others = (line.removeprefix(again) for line in text[prompt.end() :].split("\n"))
    others = others[:-1] if others and others[-1].strip() == prompt[0].strip() else others
    if all(CONTINUED.match(line) or not line for line in others):
        others = [CONTINUED.sub("", line, count=1) for line in others]
    return "\n".join([first, *others]), shell


def in_ascii(text: str) -> str:
    """Return a command with straight quotes if all of its quotes are typographic, as a chat program makes them.

    Those that are sure to be quotes of the shell or of JSON are made straight; the others are text.
    """
    if "'" in text or '"' in text:
        return text
    return JSON_QUOTE.sub('"', OUTER_QUOTE.sub("'", text))


def shell_of(text: str, prompt: Shell | None) -> Shell:
    """Return the reading of the shell that a text is for: that of its prompt, of a sign, or a POSIX shell's."""
    signs = (shell for sign, shell in SIGNS if sign.search(text))
    return prompt or next(signs, read_posix)
