"""What the provider says of a person."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):  # type: ignore[misc]  # It has no types.
    """The provider's own rules, with the claims of a person's name and groups."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """Return what the provider says of who has signed in."""
        person = request.user
        return {
            "preferred_username": person.username,
            "email": person.email,
            "given_name": person.first_name,
            "groups": [group.name for group in person.groups.order_by("name")],
        }

    def validate_silent_login(self, request: Any) -> bool:
        """Say that nobody is signed in without being asked: without this, `prompt=none` is a failure of the server."""
        return False

    def get_userinfo_claims(self, request: Any) -> dict[str, Any]:
        """Return what the provider says of a person when it is asked, which is more than what the token says."""
        said: dict[str, Any] = super().get_userinfo_claims(request)
        return {**said, "teams": said["groups"]}
