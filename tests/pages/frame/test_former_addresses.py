"""Addresses of former versions lead to today's."""

import pytest
from django.test import Client

GROUP = "/local/dataset-groups/loyalty-programme/"
USERS = f"{GROUP}datasets/users/"


@pytest.mark.parametrize(
    ("former", "address"),
    [
        (f"{USERS}user-record/?record_id=%C3%BC%2F1", f"{USERS}stored-record/?record_id=%C3%BC%2F1"),
        (f"{GROUP}datasets/create-dataset/", f"{USERS}create-dataset/"),
        (
            f"{GROUP}submissions/user-history/?record_id=ada&dataset=arn:x&page=2",
            f"{USERS}record-history/?record_id=ada&dataset=arn%3Ax&page=2",
        ),
        (
            "/prod@7/dataset-groups/~w6l0w6k/submissions/user-history/?record_id=a",
            "/prod@7/dataset-groups/~w6l0w6k/datasets/users/record-history/?record_id=a",
        ),
        (f"{USERS}create-records/?user_id=ada", f"{USERS}create-records/?record_id=ada"),
        (f"{USERS}create-records/?known_user=ada&view=form", f"{USERS}create-records/?known_record=ada&view=form"),
        (f"{GROUP}submissions/?record_id=ada&sort=-users", f"{GROUP}submissions/?record_id=ada&sort=-records"),
        (
            f"{GROUP}submissions/export-submissions/?format=csv&user_id=ada",
            f"{GROUP}submissions/export-submissions/?format=csv&record_id=ada",
        ),
    ],
)
def test_a_former_address_leads_to_the_new_one(administrator: Client, former: str, address: str) -> None:
    answer = administrator.get(former)
    assert (answer.status_code, answer.get("Location")) == (301, address)


def test_what_a_page_of_before_the_update_posts_is_kept(operator: Client) -> None:
    fields = {
        "name": "readers",
        "source": "new",
        "schema_name": "typed before",
        "schema_text": "{}",
        "intent": "create",
    }
    answer = operator.post(f"{GROUP}datasets/create-dataset/", fields, follow=True)
    assert answer.redirect_chain == [(f"{USERS}create-dataset/", 308)]
    assert "typed before" in answer.content.decode()
