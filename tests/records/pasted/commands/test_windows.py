"""Commands of PowerShell and of cmd.exe, from literal text to literal records."""

import pytest

from tests.records.pasted.commands.reading import ARN, ONE, ONE_READ, PUT_USERS, read, records, refusal

# As PowerShell before 7.3 and cmd.exe need the quotes of an argument.
ESCAPED = r"[{\"userId\":\"u-1\",\"properties\":\"{\\\"age\\\":34}\"}]"
DOUBLED = r'[{""userId"":""u-1"",""properties"":""{\\""age\\"":34}""}]'


@pytest.mark.parametrize(
    "text",
    [
        f"{PUT_USERS} `\n  --dataset-arn {ARN} `\n  --users '{ESCAPED}'\n",
        f"{PUT_USERS} `\r\n  --dataset-arn {ARN} `  \r\n  --users '{ONE}'\r\n",
        f'{PUT_USERS} `\n  --users "{ESCAPED.replace('"', '`"')}"',
        f'{PUT_USERS} `\n  --users "{ESCAPED}"',
        f'{PUT_USERS} --users "{ESCAPED.replace('"', '`"')}"',
        f'{PUT_USERS} --users "{ONE.replace('"', '`"')}"',
        f'PS C:\\Users\\ada> {PUT_USERS} --users "{ONE.replace('"', '""')}"',
        f"PS C:\\Users\\ada> {PUT_USERS} `\n>> --users '{ONE}'\nPS C:\\Users\\ada>",
        f"PS> {PUT_USERS} --users '{ONE}' 2>&1 | Out-Null",
        f"PS /home/ada> {PUT_USERS} --users '{ONE}' > out.json # done",
        f"& 'C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe' personalize-events put-users --users '{ONE}'",
        f"$arn = '{ARN}'\n$users = @'\n{ONE}\n'@\n\n{PUT_USERS} --dataset-arn $arn --users $Users",
        f'$env:AWS_PROFILE = "shop"\n{PUT_USERS} --users @"\n{ONE}\n"@',
        f"$env:AWS_PROFILE = 'shop'\n{PUT_USERS} --users @'\n{ONE}\n'@",
        f"aws --region $env:AWS_REGION personalize-events put-users --users '{ONE}'",
        f"# One user\n{PUT_USERS} --users '{ONE}' --profile `$x --output (Get-Output)".replace(
            "--users", "`\n--users"
        ),
    ],
)
def test_a_command_of_powershell_has_the_records_that_the_cli_gets(text: str) -> None:
    assert records(text) == ONE_READ


@pytest.mark.parametrize(
    ("typed", "user_id"),
    [("'it''s'", "it's"), ('"a`tb`"c"', 'a\tb"c'), ('"say ""hi"""', 'say "hi"'), ("u#1", "u#1"), ('"cost$"', "cost$")],
)
def test_quotes_of_powershell_are_undone(typed: str, user_id: str) -> None:
    assert records(f"PS C:\\> {PUT_USERS} --users (1)".replace("(1)", f"userId={typed}")) == [{"userId": user_id}]


@pytest.mark.parametrize(
    "text",
    [
        f'{PUT_USERS} ^\n  --dataset-arn {ARN} ^\n  --users "{ESCAPED}"\n',
        f'aws.exe personalize-events put-users ^\r\n  --users "{DOUBLED}"\r\n',
        f'C:\\Users\\ada>{PUT_USERS} --users "{ESCAPED}"\r\n\r\nC:\\Users\\ada>',
        f'C:\\>{PUT_USERS} ^\nMore? --users "{ESCAPED}"',
        f'{PUT_USERS} --users "{DOUBLED}"',
        f'"C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe" personalize-events put-users --users "{ESCAPED}"',
        f'C:\\>set "USERS={ESCAPED}"\nC:\\>{PUT_USERS} --users "{ESCAPED}" > out.txt 2>&1 | more',
        f'C:\\>set ARN={ARN}\nC:\\>{PUT_USERS} --dataset-arn %ARN% --users "{ESCAPED}"',
        f'D:\\shop>sudo {PUT_USERS} --region us-east-1 --users "{ESCAPED}" ^',
        f'{PUT_USERS} --cli-input-json "{{\\"users\\":{ESCAPED}}}" ^\r\n --profile shop',
        f'C:\\shop>awslocal personalize-events put-users --users="{ESCAPED}"',
        f'aws --region %AWS_REGION% personalize-events put-users --users "{ESCAPED}"',
    ],
)
def test_a_command_of_cmd_has_the_records_that_the_cli_gets(text: str) -> None:
    assert records(text) == ONE_READ


@pytest.mark.parametrize(
    ("typed", "user_id"),
    [
        ("a^&b", "a&b"),
        ('"a^b"', "a^b"),
        ("it's", "it's"),
        ('"a & b | c > d"', "a & b | c > d"),
        ("c:\\users\\ada", "c:\\users\\ada"),
        ('"c:\\users\\\\"', "c:\\users\\"),
        ("100%", "100%"),
    ],
)
def test_quotes_of_cmd_are_undone(typed: str, user_id: str) -> None:
    assert records(f"C:\\>{PUT_USERS} --users userId={typed}") == [{"userId": user_id}]


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        (f"{PUT_USERS} --dataset-arn $env:ARN --users '{ONE}'", "$env:ARN"),
        (f"{PUT_USERS} `\n --dataset-arn $arn --users '{ONE}'", "$arn"),
        (f"{PUT_USERS} `\n --dataset-arn \"$($shop.Arn)\" --users '{ONE}'", "$($shop.Arn)"),
        (f'{PUT_USERS} --dataset-arn %ARN% --users "{ESCAPED}"', "%ARN%"),
        (f'{PUT_USERS} ^\n --dataset-arn "%ARN%" --users "{ESCAPED}"', "%ARN%"),
    ],
)
def test_a_variable_as_the_target_is_named(text: str, variable: str) -> None:
    command = read(text)
    assert (command.target, command.target_variable, command.records) == (None, variable, ONE_READ)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PUT_USERS} `\n --users $users", "Only a shell knows the value of $users. Write the value instead."),
        (
            f"{PUT_USERS} `\n --users ($users | ConvertTo-Json)",
            "Only a shell knows what ($users | ConvertTo-Json) prints. Write that instead.",
        ),
        (f"{PUT_USERS} ^\n --users userId=%ID%", "Only a shell knows the value of %ID%. Write the value instead."),
        (f"{PUT_USERS} `\n --users 'a", "A quote of this command is not closed."),
        (f'{PUT_USERS} `\n --users "a', "A quote of this command is not closed."),
        (f'{PUT_USERS} ^\n --users "a', "A quote of this command is not closed."),
        (f"{PUT_USERS} --users @'\n[]", "The text after @' does not end. Expected a line with '@."),
        (f"{PUT_USERS} `\n --users userId=1; ls", "This is more than one command. Paste one at a time."),
        (f"{PUT_USERS} ^\n --users userId=1 & dir", "This is more than one command. Paste one at a time."),
        (
            f"{PUT_USERS} ^\n --users '{ONE}'",
            "--users, line 1, column 1: Expected a name and “=”; found “'”. "
            "In cmd.exe, only double quotes hold an argument together.",
        ),
        (
            f'{PUT_USERS} `\n --users \'[{{\\"userId\\":\\"u-1\\",}}]\'',
            "--users, line 1, column 17: Expected no comma before “}”; found one. Remove the comma.",
        ),
    ],
)
def test_says_why_a_command_of_windows_cannot_be_read(text: str, expected: str) -> None:
    assert refusal(text) == expected
