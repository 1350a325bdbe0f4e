"""The size of each dataset group of the demo, and the forms of its IDs and event types."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """A dataset group's numbers of users, items and interactions, ID formats, and event types.

    Of the types, the first occurs most.
    """

    users: int = 0
    items: int = 0
    interactions: int = 0
    user_id: str = "user-{}"
    item_id: str = "item-{}"
    event_types: tuple[str, ...] = ()


PLANS = {
    "video-streaming": Plan(48, 40, 150, "viewer-{}", "film-{}", ("Watch", "Click")),
    "online-shop": Plan(36, 32, 110, "customer-{}", "sku-{}", ("View", "AddToCart", "Purchase")),
    "loyalty-programme": Plan(40, 24, 60, "member-{}", "reward-{}", ("View", "Redeem")),
    "regional-stores": Plan(0, 0, 30, "customer-{}", "sku-{}", ("Purchase",)),
    "member-profiles": Plan(24, user_id="profile-{}"),
    "newsroom": Plan(0, 20, 40, "reader-{}", "article-{}", ("Read", "Share")),
}
# The numbers in IDs begin here, and users without a dataset of their own are as many as this.
FIRST_NUMBER, UNLISTED_USERS = 101, 15
