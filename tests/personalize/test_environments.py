from pathlib import Path

import pytest
from django.conf import LazySettings
from django.urls import get_resolver

from console.personalize.environment_values import EnvironmentsError
from console.personalize.environments import RESERVED_NAMES, Environment, environments, read_environments

WHOLE = """
[[environments]]
name = "staging"
label = "Staging"
region = "eu-west-1"
profile = "staging"
role_arn = "arn:aws:iam::000000000000:role/console"
endpoint_url = "http://127.0.0.1:9000/aws"
external_id = "our/own:id"
read_only = true
guarded = false
colour = "yellow"
import_bucket = "shop.imports-1"
import_role_arn = "arn:aws:iam::000000000000:role/personalize"
viewers = ["support", "Data science"]
operators = []

[[environments]]
name = "eu-2"
region = "eu-central-1"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "environments.toml"


def test_there_is_only_the_local_service_without_a_file() -> None:
    assert [(name, each.label, each.region, each.is_local) for name, each in environments().items()] == [
        ("local", "Local service", "us-east-1", True)
    ]


def test_a_url_is_no_file_and_is_not_repeated(settings: LazySettings) -> None:
    settings.CONSOLE_ENVIRONMENTS = "https://ada:pass-word@host.example/environments.toml"
    environments.cache_clear()
    with pytest.raises(EnvironmentsError, match="CONSOLE_ENVIRONMENTS has a URL") as raised:
        environments()
    environments.cache_clear()
    assert "pass-word" not in str(raised.value)


def test_reads_all_that_may_be_said(file: Path) -> None:
    file.write_text(WHOLE)
    assert read_environments(file) == [
        Environment(
            "staging",
            "Staging",
            "eu-west-1",
            "staging",
            "arn:aws:iam::000000000000:role/console",
            "http://127.0.0.1:9000/aws",
            external_id="our/own:id",
            read_only=True,
            guarded=False,
            colour="yellow",
            import_bucket="shop.imports-1",
            import_role_arn="arn:aws:iam::000000000000:role/personalize",
            viewers=("support", "Data science"),
            operators=(),
        ),
        Environment("eu-2", "eu-2", "eu-central-1"),
    ]


ROLE = "role_arn = 'arn:aws:iam::000000000000:role/console'\n"
TABLE = '[[environments]]\nname = "a"\nregion = "eu-west-1"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[environments]", "is not TOML"),
        ("", r"needs at least one table \[\[environments\]\]"),
        ("environments = []", "needs at least one table"),
        ("environments = [1]", "needs at least one table"),
        ('[environments]\nname = "a"', "needs at least one table"),
        (f"read_only = true\n{TABLE}", r"read_only is not known. Everything in the file belongs in \[\[environ"),
        (f"{TABLE}[[enviroments]]\nname = 'b'\nregion = 'eu-west-1'", "enviroments is not known"),
        ("[[environment]]\nname = 'b'\nregion = 'eu-west-1'", "environment is not known"),
        (f"{TABLE}[defaults]\nread_only = true", "defaults is not known"),
        (f"{TABLE}[environments.more]\nread_only = true", "table 1: more is not known"),
        (f"'' = 1\n{TABLE}", "'' is not known"),
        (
            f"{TABLE}color = 'red'",
            "table 1: color is not known. Expected name, label, region, profile, role_arn, external_id, endpoint_url, "
            "colour, import_bucket, import_role_arn, read_only, guarded, viewers, operators",
        ),
        (f"{TABLE}colour = 'orange'", "table 1: colour must be one of blue, green, grey, red, yellow"),
        (f"{TABLE}colour = ['red']", "table 1: colour must be text that is not empty"),
        *((f"{TABLE}read_only = {value}", "table 1: read_only must be true or false") for value in ("1", "'yes'")),
        (f"{TABLE}guarded = 'true'", "table 1: guarded must be true or false"),
        *(
            (f"{TABLE}viewers = {value}", "table 1: viewers must be a list of names of groups, such as")
            for value in ("'support'", "[1]", "['']", "[' ']", "true")
        ),
        (f"{TABLE}operators = ['a', 7]", "table 1: operators must be a list of names of groups, such as"),
        (f"{TABLE}external_id = 'id'", "table 1: external_id is for assuming a role, so it needs role_arn"),
        *(
            (f"{TABLE}{ROLE}external_id = '{value}'", "table 1: external_id must consist of 2 to 1224 letters, digits")
            for value in ("a", "two words", "é-é", "x" * 1225)
        ),
        (f"{TABLE}profile = 7", "table 1: profile must be text that is not empty"),
        (f"{TABLE}profile = ''", "table 1: profile must be text that is not empty"),
        ('[[environments]]\nregion = "eu-west-1"', "table 1: name is missing"),
        (f'{TABLE}[[environments]]\nname = "b"', "table 2: region is missing"),
        (f"{TABLE}import_bucket = 'imports'", "table 1: import_bucket needs import_role_arn beside it"),
        (f"{TABLE}import_{ROLE}", "table 1: import_role_arn needs import_bucket beside it"),
        (
            f"{TABLE}import_bucket = 'imports'\nimport_role_arn = 'personalize'",
            "table 1: import_role_arn must look like arn:aws:iam::",
        ),
        *(
            (f"{TABLE}import_{ROLE}import_bucket = '{name}'", "table 1: import_bucket must be the name of a bucket")
            for name in ("s3://imports", "imports/users", "Imports", "im", "-imports", "a..b", "192.168.0.1", "x" * 64)
        ),
        (f"{TABLE}role_arn = 'console'", "table 1: role_arn must look like arn:aws:iam::"),
        *(
            (f"{TABLE}endpoint_url = '{url}'", "table 1: endpoint_url must be an address such as https://")
            for url in ("personalize", "ftp://x", "http://", "http://x:99999", "http://x:y", "http://[")
        ),
        (f"{TABLE}{TABLE}", "two environments with the name a"),
        (TABLE.replace('"a"', '"A b"'), "the name 'A b' must consist of lower-case letters, digits and hyphens"),
        (TABLE.replace('"a"', '"local"'), "the name local is reserved for the console itself"),
        (TABLE.replace('"a"', '"aws"'), "the name aws is reserved for the console itself"),
        (TABLE.replace('"a"', '"settings"'), "the name settings is reserved for the console itself"),
    ],
)
def test_says_where_and_what_is_wrong(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(EnvironmentsError, match=message):
        read_environments(file)


SECRET = "correct-horse"


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@personalize.example",
        f"https://{SECRET}@personalize.example",
        f"https://user:{SECRET}/@personalize.example",
        f"https://user:{SECRET}#@personalize.example",
        f"https://user:{SECRET}@[::1]:8443/aws",
        f"HTTPS://user:{SECRET}@personalize.example",
        f"user:{SECRET}@personalize.example",
        f"//user:{SECRET}@personalize.example",
        f"https://personalize.example/user:{SECRET}@",
        f"https://user:{SECRET}%40@@personalize.example",
    ],
)
def test_refuses_user_information_in_an_endpoint_url_and_does_not_say_it(file: Path, url: str) -> None:
    file.write_text(f"{TABLE}endpoint_url = '{url}'")
    with pytest.raises(EnvironmentsError, match="endpoint_url has a user name or a password, before an @") as raised:
        read_environments(file)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://personalize.example\\n",
        "https://personalize.example /aws",
        " https://personalize.example",
        "https://perso\\tnalize.example",
        "https://personalize.example\\u00a0",
        "https://pers\\u00f6nlich.example",
        "https://personalize.example:0",
        "https://personalize.example:00/aws",
        "https://personalize.example:443443",
        "https://personalize.example?x=1",
        "https://personalize.example#x",
        "https://-personalize.example",
        "https:///aws",
        "https:personalize.example",
        "https://personalize.example\\u0000",
    ],
)
def test_refuses_an_endpoint_url_that_no_request_can_be_sent_to(file: Path, url: str) -> None:
    file.write_text(f'{TABLE}endpoint_url = "{url}"')
    with pytest.raises(EnvironmentsError, match="table 1: endpoint_url "):
        read_environments(file)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000/aws",
        "http://[::1]:9000",
        "https://vpce-1.personalize.us-east-1.vpce.amazonaws.com/",
        "http://moto:5000",
    ],
)
def test_takes_the_endpoint_urls_that_there_are(file: Path, url: str) -> None:
    file.write_text(f'{TABLE}endpoint_url = "{url}"')
    assert read_environments(file)[0].endpoint_url == url


@pytest.mark.parametrize(
    "region",
    ["eu-west-1 ", " eu-west-1", "eu west-1", "eu-west-1\\n", "EU-West-1", "eu_west_1", "-eu", "eu-", "é", "a" * 64],
)
def test_refuses_a_region_that_none_is_named_like(file: Path, region: str) -> None:
    file.write_text(f'[[environments]]\nname = "a"\nregion = "{region}"')
    with pytest.raises(EnvironmentsError, match="table 1: region "):
        read_environments(file)


@pytest.mark.parametrize(
    "line",
    [
        "label = 'https://u:pass-word@host'",
        "profile = 'https://u:pass-word@host'",
        "viewers = ['http://u:pass-word@host/']",
        f"{ROLE}external_id = '//u:pass-word@host'",
        "colour = 'https://u:pass-word@host'",
        "'https://u:pass-word@host' = 1",
        "[[environments]]\nname = 'b'\nregion = 'https://u:pass-word@host'",
        "[[environments]]\nname = 'https://u:pass-word@host'\nregion = 'eu-west-1'",
    ],
)
def test_says_no_user_information_of_a_url_in_the_wrong_place(file: Path, line: str) -> None:
    file.write_text(f"{TABLE}{line}")
    with pytest.raises(EnvironmentsError, match=r"table [12]") as raised:
        read_environments(file)
    assert "pass-word" not in str(raised.value)


@pytest.mark.parametrize(
    "url", [r"https://h/\n", "https://h/a|b", "https://h/<x>", "https://h/{group}", 'https://h/"x"']
)
def test_refuses_what_no_url_has(file: Path, url: str) -> None:
    file.write_text(f"{TABLE}endpoint_url = '{url}'")
    with pytest.raises(EnvironmentsError, match="table 1: endpoint_url must be an address such as"):
        read_environments(file)


def test_names_a_key_without_characters(file: Path) -> None:
    file.write_text(f'{TABLE}"" = 1')
    with pytest.raises(EnvironmentsError, match="table 1: '' is not known"):
        read_environments(file)


@pytest.mark.parametrize("key", ["label", "profile", "role_arn", "external_id", "name", "viewers", "operators"])
@pytest.mark.parametrize("value", ["x\\ny", "x ", "\\tx", "x\\u202ey", "x\\u0000"])
def test_refuses_texts_with_what_nobody_sees(file: Path, key: str, value: str) -> None:
    written = f'["{value}"]' if key in ("viewers", "operators") else f'"{value}"'
    others = {"name": '"a"', "region": '"eu-west-1"', key: written}
    file.write_text("\n".join(["[[environments]]", *(f"{name} = {each}" for name, each in others.items())]))
    with pytest.raises(EnvironmentsError, match=f"table 1: (a name in )?{key} (has a line break|begins or ends with)"):
        read_environments(file)


def test_reads_a_file_with_a_byte_order_mark(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())
    assert [each.name for each in read_environments(file)] == ["staging", "eu-2"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "latin-1"])
def test_says_that_a_file_has_another_encoding(file: Path, encoding: str) -> None:
    file.write_bytes(f"{TABLE}label = 'Zürich'".encode(encoding))
    with pytest.raises(EnvironmentsError, match="is not TOML"):
        read_environments(file)


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 5_000, "x = " + "[" * 5_000 + "]" * 5_000, "x = " + "{a=" * 5_000, f"x = {'9' * 5_000}"]
)
def test_says_that_a_file_is_nested_too_deeply_or_has_endless_numbers(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(EnvironmentsError, match=r"nested too deeply|is not TOML"):
        read_environments(file)


def test_says_that_a_file_is_too_long_and_does_not_read_all_of_it() -> None:
    with pytest.raises(EnvironmentsError, match=r"^/dev/zero is longer than 1 MiB\. Name the file with your"):
        read_environments(Path("/dev/zero"))


def test_says_that_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentsError, match="cannot be read: Is a directory"):
        read_environments(tmp_path)


def test_says_that_a_file_is_not_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(EnvironmentsError, match="is not TOML"):
        read_environments(file)


def test_the_account_is_shown_where_it_is_known_without_a_call(tmp_path: Path) -> None:
    path = tmp_path / "environments.toml"
    path.write_text(f'{TABLE}\nlabel = "Stage"\nrole_arn = "arn:aws:iam::123456789012:role/console"\n')
    (with_role,) = read_environments(path)
    path.write_text(f'{TABLE}\nlabel = "Stage"\nprofile = "stage"\n')
    (with_profile,) = read_environments(path)
    assert with_role.account == "123456789012"
    assert with_profile.account == ""
    assert environments()["local"].account == "000000000000"


def test_no_environment_may_have_the_name_of_an_address_of_the_console() -> None:
    first_parts = {str(each.pattern).split("/")[0] for each in get_resolver().url_patterns}
    assert first_parts - {"", "<environment:environment>"} | {"aws", "static"} == set(RESERVED_NAMES)


@pytest.mark.parametrize(
    "content",
    [f"{'k' * 900_000} = 1", f"{TABLE}{'k' * 900_000} = 1", f"[{'k' * 400_000}]\n[{'k' * 400_000}]"],
    ids=["a key", "a key of a table", "a key that is there twice"],
)
def test_a_long_key_is_named_by_its_beginning(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(EnvironmentsError, match="kkkkkkkkkk…") as error:
        read_environments(file)
    assert len(str(error.value).removeprefix(str(file))) < 300
