"""Redaction of people, with an entry of Activity for each."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from console.activity.models import Kind, Outcome
from console.activity.recording import Who, record_activity, write_end
from console.people.roles import ADMINISTRATOR, Person, role_of
from console.personalize import calls
from console.personalize.arns import dataset_arn
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError, PersonalizeError
from console.records.entities import ENTITIES, USERS
from console.submissions.lists.distinct import dataset_keys, dataset_types
from console.submissions.models import dataset_key
from console.submissions.redaction.kept import Order
from console.submissions.redaction.redacting import Redacted, redact_person
from console.submissions.trails.own_trail import origin_of

MOST = 1_000
LONGEST = 256
NONE = "Enter the ID of each user whose records are to be redacted, each on a line of its own. Nothing was redacted."
TOO_MANY = f"At most {MOST:,} users are redacted at a time. Leave some out. Nothing was redacted."
TOO_LONG = f"An ID has at most {LONGEST} characters. Enter each ID on a line of its own. Nothing was redacted."
NO_TEXT = "An ID is no text in UTF-8. Convert the list of IDs to UTF-8, and redact again. Nothing was redacted."
# Operators are the people whose sending the trail is about: none of them removes what is known of it.
FOR_ADMINISTRATORS = (
    "Only administrators may redact what was sent of a person: it cannot be brought back. Ask an administrator."
)


def why_not_ids(user_ids: Sequence[str]) -> str:
    """Return what is wrong with the IDs of users to redact, "" if nothing is."""
    if not any(each.strip() for each in user_ids):
        return NONE
    if len(user_ids) > MOST:
        return TOO_MANY
    if any(len(each) > LONGEST or "\0" in each for each in user_ids):
        return TOO_LONG
    return NO_TEXT if any(_is_half_a_surrogate(each) for each in user_ids) else ""


def _is_half_a_surrogate(text: str) -> bool:
    """Return whether a text has what no UTF-8 has: in arguments, it stands for a byte of another encoding."""
    return any("\ud800" <= each <= "\udfff" for each in text)


def why_not_redact(person: Person, _environment: Environment) -> str:
    """Return why a person may not redact what was sent of others, in any environment; "" if they may."""
    return "" if role_of(person) == ADMINISTRATOR else FOR_ADMINISTRATORS


def check_group(environment: Environment, group: str) -> None:
    """Raise PersonalizeError where there is no dataset group of a name now, and nothing was sent to one from here."""
    if dataset_types(origin_of(environment), group):
        return
    if environment.is_former:
        said = f"Nothing was sent to a dataset group {group} in {environment.label}."
        raise NotFoundError(Failure(Effect.NOT_SENT, said, "Check its name."))
    calls.describe_dataset_group(environment, group)


def redact_people(environment: Environment, group: str, user_ids: Sequence[str], who: Who) -> Redacted:
    """Redact what was sent of users to a dataset group from an environment, and to the same datasets from others.

    Return what went, of all of them. Raise PersonalizeError where the account of the environment is not known, the
    database's error, and OSError where the data directory takes nothing.
    """
    datasets = tuple(datasets_of_people(environment, group))
    found = Redacted()
    for user_id in user_ids:
        entry = record_activity(
            Kind.REDACTED,
            user_id,
            noun=USERS.name,
            environment=environment,
            group=group,
            who=who,
            outcome=Outcome.BEGUN,
        )
        try:
            went = redact_person(Order(user_id, datasets, who.person_name, timezone.now()))
        except BaseException:
            write_end(entry, Outcome.BROKEN_OFF)
            raise
        write_end(entry, Outcome.DONE, went.records)
        found.records += went.records
        found.submissions += went.submissions
        found.imports += went.imports
        found.left = list(dict.fromkeys([*found.left, *went.left]))
    return found


def datasets_of_people(environment: Environment, group: str) -> Iterable[str]:
    """Return the datasets of a dataset group that have users in them, by `dataset_key`; raise PersonalizeError.

    These are the ones that something was sent to, and those of today, which other environments may send to.
    """
    types = {each.dataset_type: each for each in ENTITIES.values() if each.id_field == USERS.id_field}
    origin = origin_of(environment)
    arns = [arn for arn, type_ in dataset_types(origin, group).items() if type_ in types]
    found = dict.fromkeys(dataset_keys(origin, arns))
    if environment.is_former:
        return found
    try:
        own = [dataset_arn(environment, group, entity) for entity in types.values()]
    except PersonalizeError:
        return found
    return found | dict.fromkeys(dataset_key(endpoint_of(environment), arn) for arn in own)


def in_words(user_ids: Sequence[str], found: Redacted) -> str:
    """Return what went, in a sentence."""
    whom = USERS.counted(len(user_ids))
    if not found.records and not found.imports:
        return f"Nothing was left to redact of {whom}."
    records = f"{found.records:,} record{'' if found.records == 1 else 's'}"
    submissions = f"{found.submissions:,} submission{'' if found.submissions == 1 else 's'}"
    imports = f", and {found.imports:,} import{'' if found.imports == 1 else 's'} from files" if found.imports else ""
    return f"Redacted {whom}: {records} in {submissions}{imports}."
