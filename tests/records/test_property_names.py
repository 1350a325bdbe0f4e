import pytest

from console.records.property_names import match_key, property_name


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        # The developer guide's own examples.
        ("GENDER", "gender"),
        ("MEMBERSHIP_TYPE", "membershipType"),
        ("NUMBER_OF_VIDEOS_WATCHED", "numberOfVideosWatched"),
        # Names of live schemas that are not upper case.
        ("memberClass", "memberClass"),
        ("FullName", "fullName"),
        ("MEMBERLEVEL", "memberlevel"),
        # Digits, and underscores in odd places.
        ("USER_2ND_EMAIL", "user2ndEmail"),
        ("GENRES_L2", "genresL2"),
        ("_LEADING__DOUBLE_", "leadingDouble"),
        ("age_group", "ageGroup"),
        ("X", "x"),
        ("_", "_"),
    ],
)
def test_writes_camel_case(field: str, expected: str) -> None:
    assert property_name(field) == expected


@pytest.mark.parametrize(
    "name", ["MEMBERSHIP_TYPE", "membershipType", "MembershipType", "membership_type", "_MembershipTYPE"]
)
def test_names_of_the_same_letters_and_digits_match(name: str) -> None:
    assert match_key(name) == "membershiptype"


@pytest.mark.parametrize(
    "name", ["membership type", "membership-type", "MEMBERSHIP_TYPE2", "member\u017fhipType", "\u212aey"]
)
def test_other_characters_do_not_match(name: str) -> None:
    assert match_key(name) not in ("membershiptype", "key")
