"""Commands of a POSIX shell and of bash, from literal text to literal records."""

import pytest

from tests.records.pasted.commands.reading import ARN, ONE, ONE_READ, PUT_USERS, read, records, refusal

USERS = f"--users '{ONE}'"
REQUEST = f'{{"datasetArn": "{ARN}", "users": {ONE}}}'
STDIN = "--cli-input-json file:///dev/stdin"


@pytest.mark.parametrize(
    "text",
    [
        f"{PUT_USERS} {USERS}",
        f"\ufeff  {PUT_USERS} \\\r\n  --region eu-west-1 \\\r\n  {USERS}\r\n",
        f"{PUT_USERS} \\  \n  {USERS} --no-cli-pager",
        f"{PUT_USERS}\u00a0--profile shop\u00a0{USERS}",
        f"$ {PUT_USERS} {USERS}\n$",
        f"# {PUT_USERS} \\\n>   {USERS}",
        f"% {PUT_USERS} {USERS}",
        f"> {PUT_USERS} {USERS}",
        f"$ ARN={ARN}\n$ {PUT_USERS} --dataset-arn $ARN {USERS}",
        f"ada@host:~/shop (main)$ {PUT_USERS} {USERS}",
        f"[ec2-user@ip-10-0-0-7 ~]$ {PUT_USERS} {USERS}",
        f"~ $ {PUT_USERS} {USERS}",
        f"/ # {PUT_USERS} {USERS}",
        f"~/shop % {PUT_USERS} {USERS} \\",
        f"root@3f2a1b:/app# {PUT_USERS} {USERS}",
        f"MacBook-Pro:shop ada$ {PUT_USERS} {USERS}",
        f"ada@MacBook-Pro shop % {PUT_USERS} {USERS}",
        f"ada@PC MINGW64 ~/shop (main)\n$ {PUT_USERS} {USERS}",
        f"!{PUT_USERS} {USERS}",
        f"In [3]: !{PUT_USERS} {USERS}",
        f"%%bash\n{PUT_USERS} \\\n{USERS}\n",
        f"kubectl exec -it shop-0 -- {PUT_USERS} {USERS}",
        f"(venv) bash-5.1$ {PUT_USERS} {USERS}",
        f"➜  shop git:(main) ✗ {PUT_USERS} {USERS}",
        f"\u276f {PUT_USERS} {USERS}",
        f"# Put one user\n\n# of the shop\n{PUT_USERS} {USERS} # the first\n# done",
        f"sudo -u shop time AWS_PAGER='' /usr/local/bin/{PUT_USERS} {USERS}",
        f"AWS_PROFILE=shop AWS_REGION=$REGION {PUT_USERS} {USERS}",
        f"env AWS_PROFILE=shop awslocal personalize-events put-users {USERS}",
        f"aws-vault exec shop --no-session -- {PUT_USERS} {USERS}",
        f"docker run --rm -v $HOME/.aws:/root/.aws amazon/aws-cli:2.15.0 personalize-events put-users {USERS}",
        f"python -m awscli personalize-events put-users {USERS}",
        f"aws --region $REGION --profile=$PROFILE personalize-events put-users {USERS} --endpoint-url $ENDPOINT",
        f"{PUT_USERS} {USERS} --output json 2>&1 >>put.log | jq . | tee x",
        f"{PUT_USERS} {USERS} > /dev/null",
        f"set -euo pipefail\nexport AWS_PROFILE=shop LIMIT=1\nUSERS='{ONE}'\n{PUT_USERS} --users \"$USERS\"",
        f"{PUT_USERS} {STDIN} <<'EOF'\n{REQUEST}\nEOF\n",
        f'{PUT_USERS} {STDIN} <<"END OF IT" --region eu-west-1\n{REQUEST}\nEND OF IT',
        f"{PUT_USERS} {STDIN} <<-EOF\n\t{REQUEST.replace('\\', '\\\\')}\n\tEOF\n",
        f"{PUT_USERS} {STDIN} <<\\EOF\n{REQUEST}\nEOF",
        f"cat <<'EOF' | {PUT_USERS} {STDIN}\n{REQUEST}\nEOF",
        f"cat <<'EOF' |\n{REQUEST}\nEOF\n{PUT_USERS} {STDIN}",
        f"{PUT_USERS} --cli-input-json file:///dev/fd/0 <<< '{REQUEST}'",
        f"{PUT_USERS} --users=file:///dev/stdin <<< '{ONE}'",
        f"echo '{REQUEST}' | {PUT_USERS} {STDIN}",
        f"echo -n '{REQUEST}' | {PUT_USERS} {STDIN}",
        f"printf '%s' '{REQUEST}' | sudo {PUT_USERS} {STDIN}",
        f"{PUT_USERS} --cli-input-json \"$(cat <<'EOF'\n{REQUEST}\nEOF\n)\" --region eu-west-1",
        f"{PUT_USERS} --users $'{ONE.replace('\\', '\\\\')}'",
        f'{PUT_USERS} --users "{ONE.replace("\\", "\\\\").replace('"', '\\"')}"',
        # As PowerShell needs them: a quote that is escaped in JSON has three backslashes.
        "aws personalize-events put-users --users "
        r"""'[{\"userId\":\"u-1\",\"properties\":\"{\\\"age\\\":34}\"}]'""",
        f"{PUT_USERS} \u2014users \u2018{ONE.replace('"', '\u201d')}\u2019",
    ],
)
def test_a_command_of_a_posix_shell_has_the_records_that_the_cli_gets(text: str) -> None:
    assert records(text) == ONE_READ


@pytest.mark.parametrize(
    ("typed", "user_id"),
    [
        (r"$'it\'s'", "it's"),
        (r"$'\x41\101\xc3\xa9\u00e9\U0001f600\q\?'", "AAéé😀\\q?"),
        (r"'it'\''s'", "it's"),
        ("'it'\"'\"'s'", "it's"),
        (r"it\'s", "it's"),
        (r'"a\$b\`c\d"', r"a$b`c\d"),
        ('"a\\\nb"', "ab"),
        ("u\\\n-1", "u-1"),
        ('$"u"', "u"),
        ("u#1", "u#1"),
        ("100%", "100%"),
        ("cost$", "cost$"),
        ("u2>log", "u2"),
        ("7 2>&1", "7"),
    ],
)
def test_quotes_and_escapes_are_undone(typed: str, user_id: str) -> None:
    assert records(f"{PUT_USERS} --users userId={typed}") == [{"userId": user_id}]


def test_a_document_whose_mark_is_bare_has_the_escapes_of_one() -> None:
    assert records(f'{PUT_USERS} {STDIN} <<EOF\n{{"users": [{{"userId": "\\$5 \\`a\\\\n" }}]}}\nEOF') == [
        {"userId": "$5 `a\n"}
    ]


def test_a_document_has_only_the_tabs_removed_that_its_beginning_says() -> None:
    document = '{\n\t\t"users": [{"userId": "u"}]}\n'
    assert records(f"{PUT_USERS} {STDIN} <<-'EOF'\n\t{document}\tEOF\n") == [{"userId": "u"}]
    assert refusal(f"{PUT_USERS} {STDIN} <<'EOF'\n\t{document}\tEOF\n") == (
        "The text after <<EOF does not end. Expected a line with EOF alone."
    )


@pytest.mark.parametrize("named", ["$ARN", "${ARN}", '"$ARN"', '"${ARN}"'])
def test_a_variable_as_the_target_is_named(named: str) -> None:
    command = read(f"{PUT_USERS} --dataset-arn {named} {USERS}")
    assert (command.target, command.target_variable) == (None, named.strip('"'))
    assert command.records == ONE_READ


def test_a_variable_within_the_target_and_a_command_as_the_target_are_named() -> None:
    part = "arn:aws:personalize:us-east-1:${ACCOUNT}:dataset/shop/USERS"
    assert read(f"{PUT_USERS} --dataset-arn {part} {USERS}").target_variable == part
    terraform = '"$(terraform output -raw arn)"'
    assert read(f"{PUT_USERS} --dataset-arn {terraform} {USERS}").target_variable == "$(terraform output -raw arn)"


def test_a_variable_as_the_target_of_a_document_is_named() -> None:
    command = read(f'{PUT_USERS} {STDIN} <<EOF\n{{"datasetArn": "$ARN", "users": [{{"userId": "u"}}]}}\nEOF')
    assert command.target_variable == "$ARN"
    assert command.records == [{"userId": "u"}]


def test_a_variable_that_the_text_gives_a_value_has_it() -> None:
    command = read(f"ARN={ARN}\nID='u 1'\n{PUT_USERS} --dataset-arn ${{ARN}} --users \"userId=$ID\"")
    assert (command.target, command.target_variable, command.records) == (ARN, "", [{"userId": "u 1"}])


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("--users userId=$USER", "Only a shell knows the value of $USER. Write the value instead."),
        ('--users "userId=${USER:-ada}"', "Only a shell knows the value of ${USER:-ada}. Write the value instead."),
        ("--users userId=`id`", "Only a shell knows what `id` prints. Write that instead."),
        (
            '--users "$(cat users.json)"',
            "Only a shell knows what $(cat users.json) prints. Write that instead.",
        ),
        ('--users \'[{"userId":"\'"$ID"\'"}]\'', "Only a shell knows the value of $ID. Write the value instead."),
        (
            "--users file://<(echo '[]')",
            "--users names a file on your machine, which the console cannot read. Paste the file's content instead.",
        ),
        ("$OPTIONS --users userId=1", "Only a shell knows the value of $OPTIONS. Write the value instead."),
        (
            f'{STDIN} <<EOF\n{{"datasetArn": "$ARN", "users": [{{"userId": "$ARN"}}]}}\nEOF',
            "Only a shell knows the value of $ARN. Write the value instead.",
        ),
        (
            f'{STDIN} <<EOF\n{{"datasetArn": "$ARN", "users": $USERS}}\nEOF',
            "Only a shell knows the value of $USERS. Write the value instead.",
        ),
        (
            '--cli-input-json "$(cat <<EOF\n{"users": [{"userId": "$ID"}]}\nEOF\n)"',
            "Only a shell knows the value of $ID. Write the value instead.",
        ),
        ("--users 'a", "A quote of this command is not closed."),
        ('--users "a', "A quote of this command is not closed."),
        ("--users $'a", "A quote of this command is not closed."),
        ("--users `a", "A quote of this command is not closed."),
        (f"{STDIN} << ", "A quote of this command is not closed."),
        (f"{STDIN} <<EOF", "The text after <<EOF does not end. Expected a line with EOF alone."),
        (f"{STDIN} <<EOF\n{{}}", "The text after <<EOF does not end. Expected a line with EOF alone."),
        (
            '--users "$(cat <<EOF\n[]"',
            "The text after <<EOF does not end. Expected a line with EOF alone.",
        ),
        (
            "--users " + '"a"' * 50_001,
            "This command has too many quotes and escapes to be read. Paste its records instead.",
        ),
        (r"--users $'userId=\xff'", r"\xff in this command is no UTF-8."),
        (r"--users $'userId=\ud800'", r"\ud800 in this command is no character."),
        (r"--users $'userId=\Uffffffff'", r"\Uffffffff in this command is no character."),
        *(
            (f"--users {rest}", "This is more than one command. Paste one at a time.")
            for rest in (
                "userId=1; ls",
                "userId=1 && ls",
                "userId=1\nls",
                f"userId=1\n{PUT_USERS} --users userId=2",
                f"userId=1 | {PUT_USERS} --users userId=2",
            )
        ),
        (
            "--cli-input-json file:///dev/stdin < request.json",
            "request.json is a file on your machine, which the console cannot read. Paste its content instead.",
        ),
        (
            "--cli-input-json file:///dev/stdin",
            "--cli-input-json names a file on your machine, which the console cannot read. "
            "Paste the file's content instead.",
        ),
    ],
)
def test_says_what_only_a_shell_can_do(rest: str, expected: str) -> None:
    assert refusal(f"{PUT_USERS} {rest}") == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "cat request.json",
            "cat names a file on your machine, which the console cannot read. Paste its content instead.",
        ),
        ("jq . request.json", "Only a shell knows what jq prints. Write that instead."),
        ("echo", "Only a shell knows what echo prints. Write that instead."),
        ("echo -e '{}'", "Only a shell knows what echo prints. Write that instead."),
        ("printf '{}'", "Only a shell knows what printf prints. Write that instead."),
        ("printf '%d' 7", "Only a shell knows what printf prints. Write that instead."),
        ("ls; echo '{}'", "This is more than one command. Paste one at a time."),
    ],
)
def test_says_what_of_the_input_only_a_shell_knows(before: str, expected: str) -> None:
    assert refusal(f"AWS_PAGER=\n{before} | {PUT_USERS} {STDIN}") == expected


def test_a_variable_that_another_one_gives_its_value_is_unknown() -> None:
    text = f'USERS="$OTHERS"\n{PUT_USERS} --users "$USERS"'
    assert refusal(text) == "Only a shell knows the value of $USERS. Write the value instead."


def test_a_value_of_several_words_is_one_argument_within_quotes_alone() -> None:
    text = f"ID='u 1'\n{PUT_USERS} --users userId=$ID"
    assert refusal(text) == "Only a shell knows the value of $ID. Write the value instead."


def test_signs_of_other_shells_in_a_document_are_text() -> None:
    user = '{"userId": "a\'\'b `\\"c", "properties": "{}"}'
    text = (
        f"aws personalize-events put-users --cli-input-json file:///dev/stdin <<'EOF'\n{{\"users\": [{user}]}}\nEOF\n"
    )
    assert records(text) == [{"userId": "a''b `\"c", "properties": "{}"}]
