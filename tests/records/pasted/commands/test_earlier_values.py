"""Values above a command: of a variable of PowerShell 7, and of a file that bash 5 writes."""

import pytest

from console.records.pasted.commands.earlier_values import with_earlier_values
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import values

SCHEMA = users_schema(AGE=["null", "int"], CITY="string")
USERS = '[{"userId": "u-1", "properties": "{\\"age\\": 34, \\"city\\": \\"Bern\\"}"}]'
PUT = "aws personalize-events put-users --dataset-arn $arn --users"


@pytest.mark.parametrize(
    "text",
    [
        f"$users = @'\n{USERS}\n'@\n{PUT} $users\n",
        f"# Two users\n\n$Users = '{USERS}';\n{PUT} \"$users\"\n",
        f"$users = '{USERS}'\n{PUT} ${{users}}\n",
        f"$arn = \"arn\"\n$users = '{USERS}'\n{PUT} $users\n",
        f"$users = @(@{{ userId = 'u-1'; age = 34; city = 'Bern' }}) | ConvertTo-Json -Depth 5\n{PUT} $users\n",
        f"$users = @(\n  @{{ userId = 'u-1'; age = 34; city = 'Bern' }}\n)\n"
        f"$json = ConvertTo-Json -InputObject $users -Compress\n{PUT} $json\n",
        "$users = @(@{ userId = 'u-1'; properties = (@{ age = 34; city = 'Bern' } | ConvertTo-Json -Compress) }) | "
        f'ConvertTo-Json\n{PUT} "$users"\n',
        f"cat > users.json <<'EOF'\n{USERS}\nEOF\n{PUT} file://users.json\n",
        f"$ cat <<EOF > ./users.json\n{USERS}\nEOF\n\n{PUT} 'file://users.json'\n",
    ],
)
def test_a_value_above_a_command_is_taken(text: str) -> None:
    assert values(text, SCHEMA) == [("u-1", 34, "Bern")]


@pytest.mark.parametrize(
    "text",
    [
        f"$users = 'it''s'\n{PUT} $users\n",
        f"$users = '{USERS}'\n{PUT} $others\n",
        f"$users = @(@{{ userId = $id }}) | ConvertTo-Json\n{PUT} $users\n",
        f"$users = @(@{{ userId = 'u-1' }}) | ConvertTo-Json | Out-String\n{PUT} $users\n",
        f"$users = @(@{{ userId = 'u-1' }}) | ConvertTo-Json\n{PUT} $others\n",
        f'$users = @("u-$id") | ConvertTo-Json\n{PUT} $users\n',
        f"$users = @('u-1') -join ','\n{PUT} $users\n",
        f"$users = '{USERS}'\n{PUT} $users $users\n",
        f"cat > users.json <<EOF\n$USERS\nEOF\n{PUT} file://users.json\n",
        f"cat > users.json <<EOF\n{USERS}\nEOF\n{PUT} file://others.json\n",
        f"cat <<EOF\n{USERS}\nEOF\n{PUT} file://users.json\n",
        f"{PUT} '{USERS}'\n",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert with_earlier_values(text) == text


def test_quotes_in_a_file_are_kept() -> None:
    text = "cat > a.json <<'EOF'\nit's\nEOF\naws x --users file://a.json\n"
    assert with_earlier_values(text) == "aws x --users 'it'\\''s'\n"


def test_of_many_values_the_first_ones_are_taken() -> None:
    given = [f"$v{number} = '{number}'\n" for number in range(6)]
    uses = " ".join(f"$v{number}" for number in range(6))
    assert with_earlier_values(f"{''.join(given)}aws {uses}") == "$v5 = '5'\naws '0' '1' '2' '3' '4' $v5"
