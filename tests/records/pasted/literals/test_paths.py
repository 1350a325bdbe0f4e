"""Values behind their paths: of gron, `jq --stream`, files of properties, and forms as they are sent."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values
from tests.records.pasted.tables.reading import TEXTS, users

# gron 0.7.1 shows an array so, as its documentation does.
GRON = (
    'json = [];\njson[0] = {};\njson[0].AGE = 34;\njson[0].MEMBERSHIP_TYPE = "Gold";\njson[0].SCORE = 1.5;\n'
    'json[0].USER_ID = "u-1";\njson[0].VIP = true;\njson[1] = {};\njson[1].AGE = null;\n'
    'json[1].MEMBERSHIP_TYPE = "Basic";\njson[1].SCORE = 2.0;\njson[1]["USER_ID"] = "u-2";\njson[1].VIP = false;\n'
)
# jq 1.6: paths(…) as $p | ($p | join(".")) + " = " + (getpath($p) | tojson).
OF_JQ = (
    '0.USER_ID = "u-1"\n0.AGE = 34\n0.SCORE = 1.5\n0.VIP = true\n0.MEMBERSHIP_TYPE = "Gold"\n'
    '1.USER_ID = "u-2"\n1.AGE = null\n1.SCORE = 2.0\n1.VIP = false\n1.MEMBERSHIP_TYPE = "Basic"\n'
)
PROPERTIES = (
    "users[0].userId=u-1\nusers[0].age=34\nusers[0].score=1.5\nusers[0].vip=true\nusers[0].membershipType=Gold\n"
    "users[1].userId=u-2\nusers[1].age=\nusers[1].score=2.0\nusers[1].vip=false\nusers[1].membershipType=Basic\n"
)
# http_build_query of PHP 8.2.36, which leaves out what is null.
NESTED_FORM = (
    "users%5B0%5D%5BUSER_ID%5D=u-1&users%5B0%5D%5BAGE%5D=34&users%5B0%5D%5BSCORE%5D=1.5&users%5B0%5D%5BVIP%5D=1"
    "&users%5B0%5D%5BMEMBERSHIP_TYPE%5D=Gold&users%5B1%5D%5BUSER_ID%5D=u-2&users%5B1%5D%5BSCORE%5D=2"
    "&users%5B1%5D%5BVIP%5D=0&users%5B1%5D%5BMEMBERSHIP_TYPE%5D=Basic"
)
# URLSearchParams of Node.js 20.20.2.
FORMS = (
    "USER_ID=u-1&AGE=34&SCORE=1.5&VIP=true&MEMBERSHIP_TYPE=Gold\n"
    "USER_ID=u-2&AGE=null&SCORE=2&VIP=false&MEMBERSHIP_TYPE=Basic\n"
)


@pytest.mark.parametrize("text", [GRON, OF_JQ, PROPERTIES, NESTED_FORM, FORMS])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_values_behind_their_paths_become_their_records(text: str, line_break: str) -> None:
    assert values(text.replace("\n", line_break)) == [GOLD, BASIC]
    assert read(text).words.endswith("as values behind their paths")


def test_a_number_that_json_does_not_have_is_no_value() -> None:
    assert values(OF_JQ.replace("null", "NaN").replace('"', "")) == [GOLD, BASIC]


def test_one_form_is_one_record() -> None:
    assert users("USER_ID=00417&CITY=St.+Gallen%2C+CH") == [("00417", "St. Gallen, CH")]


def test_values_of_properties_are_texts_unless_all_are_json() -> None:
    assert users("users[0].userId=00417\nusers[0].city=St. Gallen = SG\n") == [("00417", "St. Gallen = SG")]


@pytest.mark.parametrize(
    "text",
    [
        'json[0].USER_ID = "u-1";\njson[0].USER_ID = "u-2";\njson[0].CITY = "Bern";\n',
        'json[0].USER_ID = "u-1";\njson[0].USER_ID.CITY = "Bern";\n',
        '[[0,"USER_ID"],"u-1"]\n[[0,"USER_ID"],"u-2"]\n',
        "USER_ID=u-1&CITY=Bern&%5D=x\n",
        "USER_ID=u-1&CITY=Bern&CITY=Rome\n",
        f"users[0].userId=u-1\nusers[0]{'.a' * 12}=1\n",
    ],
)
def test_paths_that_disagree_are_refused(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is not None
    assert detected.refusal == "A path comes twice, or leads through a value. Paste the records as JSON."


@pytest.mark.parametrize(
    "text",
    [
        "user.id = 1\nuser.city = 2\n",
        "USER_ID = u-1\nusers[0].city=Bern\n",
        "json = [];\n",
        '[[0,"USER_ID"]]\n',
        '[[0,"USER_ID"],"u-1"]\nx\n',
        '[[0,"USER_ID"],]\n',
        '[[0,"USER_ID"],x]\n',
        "things[0].name=Ann\nthings[0].colour=red\n",
        "name=Ann&name=Bob\n",
    ],
)
def test_other_lines_are_no_paths(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or "paths" not in detected.words
