"""How the demo's values are made: for each field of its schemas, a function of a generator and a moment."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from console.local.demo import FieldDescription
from console.records.property_names import property_name
from console.records.schemas.schema import type_names

type Value = Callable[[Random, datetime], Any]

GIVEN_NAMES = (
    "Ada",
    "Bela",
    "Cleo",
    "Dario",
    "Edda",
    "Finn",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kaya",
    "Lino",
    "Mira",
)
# Invented names of no real people.
SURNAMES = ("Amberfield", "Brookstone", "Copperhill", "Dunewood", "Elmsworth", "Fernbach", "Greyharbour", "Hollowmere")
# How many of the values of a nullable field are null.
SHARE_OF_NULLS = 0.15


def _one_of(*values: Any, weights: Sequence[int] | None = None) -> Value:
    return lambda random, _now: random.choices(values, weights)[0]


def _some_of(*values: str, most: int) -> Value:
    """Return what makes a category of several values, as "Drama|Comedy"."""
    return lambda random, _now: "|".join(random.sample(values, random.randint(1, most)))


def _seconds_within(days: int) -> Value:
    """Return what makes a moment of the last so many days, in seconds since 1970."""
    return lambda random, now: int((now - timedelta(days=random.uniform(20, days))).timestamp())


def _whole(least: int, most: int) -> Value:
    return lambda random, _now: random.randint(least, most)


def _amount(least: float, most: float) -> Value:
    return lambda random, _now: round(random.uniform(least, most), 2)


def _name(random: Random, _now: datetime) -> str:
    return f"{random.choice(GIVEN_NAMES)} {random.choice(SURNAMES)}"


VALUES: dict[str, Value] = {
    "SUBSCRIPTION_MODEL": _one_of("Ads", "Monthly", "Ads|Monthly", "Annual", weights=(4, 5, 2, 1)),
    "MEMBERSHIP_STATUS": _one_of("Basic", "Silver", "Gold", weights=(6, 3, 1)),
    "AGE": _whole(18, 79),
    "GENDER": _one_of("female", "male", "diverse", weights=(10, 10, 1)),
    "MEMBERSHIP_TYPE": _one_of("Basic", "Plus", "Premium", weights=(5, 3, 2)),
    "INTERESTS": _some_of("Cooking", "Cycling", "Gardening", "Music", "Reading", "Travel", most=3),
    "MEMBER_SINCE": _seconds_within(2500),
    "TOTAL_SPEND": _amount(5, 2400),
    "LOYALTY_SCORE": lambda random, _now: round(random.random(), 3),
    "NEWSLETTER": _one_of(True, False),
    "NUMBER_OF_VIDEOS_WATCHED": _whole(0, 400),
    "CITY": _one_of("Antwerp", "Bergen", "Graz", "Leeds", "Lyon", "Porto", "Turku"),
    "Email": lambda random, _now: f"member-{random.randint(1000, 9999)}@example.com",
    "FullName": _name,
    "Age": _whole(18, 79),
    "Gender": _one_of("female", "male", "diverse", weights=(10, 10, 1)),
    "GENRES": _some_of("Action", "Comedy", "Documentary", "Drama", "Family", "Thriller", most=3),
    "CREATION_TIMESTAMP": _seconds_within(1500),
    "PRICE": _amount(2, 180),
    "CATEGORY_L1": _one_of("Books", "Garden", "Kitchen", "Outdoor", "Toys"),
    "TOPIC": _one_of("Culture", "Economy", "Science", "Sport", "Weather"),
    "PUBLISHED_AT": _seconds_within(60),
}


def properties(random: Random, fields: Sequence[FieldDescription], now: datetime) -> dict[str, Any]:
    """Return the values of a record's fields by property name, but for its ID, which no field of VALUES is."""
    found: dict[str, Any] = {}
    for field in fields:
        make = VALUES.get(field["name"])
        if make is None:
            continue
        value = make(random, now)
        is_null = "null" in type_names(field["type"]) and random.random() < SHARE_OF_NULLS
        found[property_name(field["name"])] = None if is_null else value
    return found
