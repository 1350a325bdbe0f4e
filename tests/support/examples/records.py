"""Examples of the types whose records replace the one with their id."""

from tests.support.examples.example import TARGET, Example, text

USERS = Example(
    "USERS",
    "users",
    "PutUsers",
    "put-users",
    "user",
    most_characters=24_000,
    fields=[
        text("USER_ID"),
        text("AGE", ["null", "int"]),
        text("MEMBERSHIP_TYPE", categorical=True),
        text("TOTAL_SPEND", "float"),
        text("NEWSLETTER", ["boolean", "null"]),
    ],
    template={
        "USER_ID": "string",
        "AGE": "int",
        "MEMBERSHIP_TYPE": "string",
        "TOTAL_SPEND": "float",
        "NEWSLETTER": "boolean",
    },
    record={"USER_ID": "ada", "AGE": 36, "MEMBERSHIP_TYPE": "Gold|Legacy", "TOTAL_SPEND": 12.5, "NEWSLETTER": True},
    body={
        "datasetArn": TARGET,
        "users": [
            {
                "userId": "ada",
                "properties": '{"age":36,"membershipType":"Gold|Legacy","totalSpend":12.5,"newsletter":true}',
            }
        ],
    },
    stored={
        "userId": "ada",
        "properties": {"age": 36, "membershipType": "Gold|Legacy", "totalSpend": 12.5, "newsletter": True},
    },
    other=("USER_ID", "userId", "bob"),
    changed={"AGE": 37, "TOTAL_SPEND": 13.5},
    changed_properties=("age", "totalSpend"),
    wrong=(
        "AGE",
        "old",
        "Expected a whole number (int), or null; found the text “old”.",
    ),
)
ITEMS = Example(
    "ITEMS",
    "items",
    "PutItems",
    "put-items",
    "item",
    most_characters=32_000,
    fields=[
        text("ITEM_ID"),
        text("GENRES", ["null", "string"], categorical=True),
        text("PRICE", "float"),
        text("CREATION_TIMESTAMP", "long"),
        text("DESCRIPTION", ["null", "string"], textual=True),
    ],
    template={
        "ITEM_ID": "string",
        "GENRES": "string",
        "PRICE": "float",
        "CREATION_TIMESTAMP": "long",
        "DESCRIPTION": "string",
    },
    record={
        "ITEM_ID": "film-1",
        "GENRES": "Comedy|Drama",
        "PRICE": 4.5,
        "CREATION_TIMESTAMP": 1600000000,
        "DESCRIPTION": "A café, and a “quiet” town",
    },
    body={
        "datasetArn": TARGET,
        "items": [
            {
                "itemId": "film-1",
                "properties": '{"genres":"Comedy|Drama","price":4.5,"creationTimestamp":1600000000,'
                '"description":"A café, and a “quiet” town"}',
            }
        ],
    },
    stored={
        "itemId": "film-1",
        "properties": {
            "genres": "Comedy|Drama",
            "price": 4.5,
            "creationTimestamp": 1600000000,
            "description": "A café, and a “quiet” town",
        },
    },
    other=("ITEM_ID", "itemId", "film-2"),
    changed={"GENRES": "Comedy", "PRICE": 3.5},
    changed_properties=("genres", "price"),
    wrong=(
        "PRICE",
        "cheap",
        "Expected a number (float); found the text “cheap”.",
    ),
)
ACTIONS = Example(
    "ACTIONS",
    "actions",
    "PutActions",
    "put-actions",
    "action",
    most_characters=32_000,
    fields=[
        text("ACTION_ID"),
        text("VALUE", ["null", "long"]),
        text("MEMBERSHIP_LEVEL", ["null", "string"], categorical=True),
        text("CREATION_TIMESTAMP", "long"),
        text("ACTION_EXPIRATION_TIMESTAMP", ["long", "null"]),
        text("REPEAT_FREQUENCY", ["long", "null"]),
    ],
    template={
        "ACTION_ID": "string",
        "VALUE": "long",
        "MEMBERSHIP_LEVEL": "string",
        "CREATION_TIMESTAMP": "long",
        "ACTION_EXPIRATION_TIMESTAMP": "long",
        "REPEAT_FREQUENCY": "long",
    },
    record={
        "ACTION_ID": "join",
        "VALUE": 10,
        "MEMBERSHIP_LEVEL": "Deluxe|Platinum",
        "CREATION_TIMESTAMP": 1600000000,
        "ACTION_EXPIRATION_TIMESTAMP": 1900000000,
        "REPEAT_FREQUENCY": 7,
    },
    body={
        "datasetArn": TARGET,
        "actions": [
            {
                "actionId": "join",
                "properties": '{"value":10,"membershipLevel":"Deluxe|Platinum","creationTimestamp":1600000000,'
                '"actionExpirationTimestamp":1900000000,"repeatFrequency":7}',
            }
        ],
    },
    stored={
        "actionId": "join",
        "properties": {
            "value": 10,
            "membershipLevel": "Deluxe|Platinum",
            "creationTimestamp": 1600000000,
            "actionExpirationTimestamp": 1900000000,
            "repeatFrequency": 7,
        },
    },
    other=("ACTION_ID", "actionId", "leave"),
    changed={"VALUE": 9, "REPEAT_FREQUENCY": 14},
    changed_properties=("value", "repeatFrequency"),
    wrong=(
        "VALUE",
        "high",
        "Expected a whole number (long), or null; found the text “high”.",
    ),
)
