"""The texts with which the steps of the tour begin, as a person would type, paste or upload them."""

from console.personalize.environments import Environment
from console.records.entities import USERS, Entity

# The demo dataset that the tour uses.
GROUP, ENTITY = "video-streaming", USERS
CREATE, PROBLEM, TABLE = "create", "problem", "table"
FIRST_USER = "tour-1"
TEXTS = {
    CREATE: f"""{{
  "USER_ID": "{FIRST_USER}",
  "SUBSCRIPTION_MODEL": "Monthly"
}}""",
    PROBLEM: """{
  "USER_ID": "tour-2",
  "SUBSCRIPTION_MODEL": null
}""",
    TABLE: "USER_ID\tSUBSCRIPTION_MODEL\ntour-3\tMonthly\ntour-4\tAnnual\ntour-5\tAds\n",
}
MODELS = ("Monthly", "Ads|Monthly", "Annual")
FILE = "\n".join(
    ["USER_ID,SUBSCRIPTION_MODEL", *(f"tour-{number},{MODELS[number % 3]}" for number in range(101, 113)), ""]
)


def tour_text(environment: Environment, group: str, entity: Entity, step: str) -> str:
    """Return the initial Record input of a dataset at a step of the tour; "" if the tour has no such step there."""
    is_there = environment.is_local and group == GROUP and entity is ENTITY
    return TEXTS.get(step, "") if is_there else ""
