"""Files that the console writes for a job to read: in the local service's bucket, or in the environment's own."""

from django.utils.crypto import salted_hmac

from console.local import api as local_api
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, PersonalizeError
from console.personalize.job_calls import S3, put_object


def writes_inputs(environment: Environment) -> bool:
    """Return whether the console can write files that the jobs of an environment read."""
    return environment.is_local or bool(environment.import_bucket)


def default_role(environment: Environment) -> str:
    """Return the role that a job has unless another one is entered: the local service takes any."""
    if environment.is_local:
        return f"arn:aws:iam::{environment.account}:role/personalize"
    return environment.import_role_arn


def write_input(environment: Environment, folder: str, job_name: str, text: str) -> str:
    """Write a CSV file for a job of a name to read, and return its address in S3; raise PersonalizeError.

    Other contents have another address, so that no file changes which a job reads already. Nobody can tell the
    contents from it, of which there may be few.
    """
    content = text.encode()
    mark = salted_hmac("console.personalize.job_inputs", content, algorithm="sha256").hexdigest()[:16]
    key = f"{folder}/{job_name}-{mark}.csv"
    if not environment.is_local:
        address = f"{S3}{environment.import_bucket}/{key}"
        put_object(environment, address, content)
        return address
    try:
        return local_api.write_job_input(key, content)
    except local_api.JobFailure as error:
        advice = "Free what keeps the data directory from being written to, and try again."
        raise PersonalizeError(Failure(Effect.NOT_SENT, f"The file was not written. {error}", advice)) from error


def remove_input(environment: Environment, address: str) -> None:
    """Remove a file of `write_input` that no job reads; one at AWS stays, until a rule of its bucket ends it."""
    if environment.is_local:
        local_api.remove_job_input(address)
