"""Imports records from a file into a dataset without a browser, as the page Import records from a file does."""

import logging
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, override
from uuid import UUID

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from console.bulk import controls, printed
from console.bulk.models import Import, Stage
from console.bulk.option_types import field_and_value, percent, problem_of_fields
from console.bulk.own_queue import work_on
from console.bulk.places import NotPossibleError, environment_of
from console.bulk.removing import discard
from console.bulk.sending.targets import usual_share
from console.bulk.uploading import uploads
from console.people.roles import may_see, may_write
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset, load_dataset
from console.personalize.environments import Environment, environments
from console.personalize.errors import PersonalizeError
from console.records.entities import ENTITIES
from console.records.files.checking.table_checks import problem_of_columns
from console.records.files.source import Choices
from console.submissions.recording import settle_before_end
from console.variables.names import SETTINGS_TAG

ARN = re.compile(r"arn:[a-z-]+:personalize:[a-z0-9-]+:[0-9]+:dataset/(?P<group>[A-Za-z0-9_-]+)/(?P<type>[A-Z_]+)")
# How often progress is shown: by a line that changes on a terminal, and by one more elsewhere.
SECONDS_BETWEEN_CHANGES, SECONDS_BETWEEN_LINES = 1.0, 10.0
LOST = (
    "Neither the database nor the disk takes the answers to {count} of the calls: the log has them, and the "
    "submissions stay “sending”. Once the database works, go on by: {go_on}"
)


class Command(BaseCommand):
    """`manage.py import_records ENVIRONMENT DATASET_ARN FILE --as USERNAME`.

    Raise CommandError where nothing can be imported, in a sentence; exit with status 1 if any row failed.
    """

    help = (
        "Checks the records of a file, and sends those that are valid to a dataset, as a person. The exit status is 1 "
        "if any row failed. Ctrl-C pauses, and says how to resume."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("environment", metavar="ENVIRONMENT", help="its name")
        parser.add_argument("dataset_arn", metavar="DATASET_ARN", help="the ARN of the dataset")
        parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="CSV, JSON Lines, JSON or XLSX, or .gz")
        parser.add_argument("--as", dest="username", metavar="USERNAME", required=True, help="who imports")
        parser.add_argument("--confirm", metavar="GROUP", default="", help="the dataset group, where it is guarded")
        parser.add_argument("--check-only", action="store_true", help="send nothing")
        parser.add_argument("--resume", type=UUID, metavar="KEY", help="go on with a paused import")
        parser.add_argument("--share", type=percent, metavar="PERCENT", help="of AWS's rate; 80, where guarded 50")
        parser.add_argument("--leave-out-same", action="store_true", help="leave out records that are there already")
        parser.add_argument("--encoding", help="where the file does not tell it, such as windows-1252")
        parser.add_argument("--separator", help="where the file does not tell it")
        parser.add_argument("--sheet", help="the sheet of an XLSX file")
        parser.add_argument(
            "--value",
            dest="values",
            type=field_and_value,
            action="append",
            metavar="FIELD=VALUE",
            help="a field that the file has no column for, and its value in all rows; may be given several times",
        )

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        environment, person = self._environment_and_person(options)
        dataset = _dataset(environment, options["dataset_arn"])
        group = options["dataset_arn"].rpartition(":")[2].split("/")[1]
        if environment.guarded and not options["check_only"] and options["confirm"] != group:
            raise CommandError(f"{environment.label} is guarded: confirm by --confirm {group}.")
        if options["resume"]:
            made = self._resumed(options["resume"], options["dataset_arn"], person)
        else:
            made = self._checked(environment, person, dataset, group, options)
        if not options["check_only"] and (made.is_at_work or made.stage == Stage.CHECKED):
            self._send(made, person, options)
        self._end(made, options)

    def _environment_and_person(self, options: dict[str, Any]) -> tuple[Environment, User]:
        environment = environments().get(options["environment"])
        person = User.objects.filter(username=options["username"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active person {options['username']}.")
        if environment is None or not may_see(person, environment):
            raise CommandError(f"{person} sees no environment {options['environment']}.")
        if environment.read_only:
            raise CommandError(f"The environment {environment.label} is read-only.")
        if not may_write(person, environment):
            raise CommandError(f"{person} may not create records in {environment.label}.")
        return environment.of_person(person.get_username()), person

    def _checked(
        self, environment: Environment, person: User, dataset: DescribedDataset, group: str, options: dict[str, Any]
    ) -> Import:
        path: Path | None = options["file"]
        if path is None:
            raise CommandError("Name the file, or the import to go on with by --resume.")
        assert dataset.schema is not None
        added = tuple(options["values"] or ())
        problem = problem_of_fields(dataset.schema, [field for field, _value in added])
        if problem:
            raise CommandError(problem)
        made = _begun(
            path,
            **_who(person),
            environment=environment.name,
            endpoint=endpoint_of(environment),
            dataset_group=group,
            dataset_arn=dataset.arn,
            dataset_type=dataset.entity.dataset_type,
            share=options["share"] or usual_share(environment),
        )
        chosen = Choices(options["encoding"], options["separator"], options["sheet"], added)
        with _left_without_trace(made, path):
            _upload(made, path)
            uploads.look(made, dataset.schema, dataset.schema_description["schema"], chosen, target=dataset.target)
        self._say(printed.look(made))
        problem = problem_of_columns(dataset.schema, made.columns)
        if problem:
            heading = ", ".join(filter(None, made.look["heading"]))
            with _left_without_trace(made, path):
                raise uploads.UploadError(f"{problem} The heading has {heading}.")
        controls.start_check(made)
        self._work(made)
        return made

    def _resumed(self, key: UUID, dataset_arn: str, person: User) -> Import:
        """Return a resumed import, attributed to the person who resumes it, as Resume on its page does."""
        made = Import.objects.filter(key=key, dataset_arn=dataset_arn).select_related("person").first()
        if made is None:
            raise CommandError(f"There is no import {key} of this dataset.")
        # Another person may resume the import; the rights of the one who resumes apply.
        made.person = person
        try:
            environment_of(made)
        except NotPossibleError as error:
            raise CommandError(str(error)) from error
        if not controls.resume(made, **_who(person)) and not made.is_at_work and made.stage != Stage.CHECKED:
            raise CommandError(f"The import is {made.get_stage_display().lower()}: it cannot be resumed.")
        return made

    def _send(self, made: Import, person: User, options: dict[str, Any]) -> None:
        if made.stage == Stage.CHECKING:
            self._work(made)
        if made.stage == Stage.CHECKED:
            self._say(printed.check(made))
            if not made.to_send_count:
                return
            share = options["share"] or made.share
            controls.start_sending(made, share=share, leaves_out_same=options["leave_out_same"], **_who(person))
        self._work(made)

    def _work(self, made: Import) -> None:
        """Check or send an import; Ctrl-C pauses sending, and ends a check."""
        last = ""

        def tell(now: Import) -> None:
            nonlocal last
            line = printed.progress(now)
            if line != last:
                self._say_progress(line)
            last = line

        # The trail has the outcome of each call.
        logging.disable(logging.INFO)
        try:
            with _interrupted() as is_interrupted:
                seconds = SECONDS_BETWEEN_CHANGES if self.stdout.isatty() else SECONDS_BETWEEN_LINES
                work_on(made, is_interrupted, tell, seconds_between=seconds)
        finally:
            logging.disable(logging.NOTSET)
            lost = settle_before_end()
            if lost:
                raise CommandError(LOST.format(count=lost, go_on=printed.go_on(made)))
        if self.stdout.isatty():
            self.stdout.write("")
        if is_interrupted():
            controls.pause(made)
            self.stdout.write(f"Paused. Go on by: {printed.go_on(made)}")
            sys.exit(1)

    def _say_progress(self, line: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K{line}", ending="")
            self.stdout.flush()
        else:
            self.stdout.write(line)

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _end(self, made: Import, options: dict[str, Any]) -> None:
        if made.stage == Stage.FAILED:
            raise CommandError(made.problem)
        if options["check_only"]:
            self._say(printed.check(made))
            self.stdout.write(f"Nothing was sent. Send it on its page, or by --resume {made.key}.")
        elif made.stage == Stage.PAUSED:
            raise CommandError(f"Paused: {made.problem} Go on by --resume {made.key}.")
        else:
            self.stdout.write(printed.outcome(made))
        for line in printed.invalid_rows(made):
            self.stderr.write(line)
        if made.invalid_count or made.failed_count:
            sys.exit(1)


def _dataset(environment: Environment, arn: str) -> DescribedDataset:
    match = ARN.fullmatch(arn)
    if match is None or match["type"] not in ENTITIES:
        raise CommandError(f"{arn} is no ARN of a dataset.")
    try:
        dataset = load_dataset(environment, match["group"], ENTITIES[match["type"]])
    except PersonalizeError as error:
        raise CommandError(f"{error.failure.sentence} {error.failure.advice}") from error
    if dataset.arn != arn:
        raise CommandError(f"The environment {environment.label} has {dataset.arn}, not {arn}.")
    if dataset.schema is None:
        raise CommandError(dataset.schema_error)
    return dataset


def _who(person: User) -> dict[str, Any]:
    """Return the fields of an import that attribute it to a person and this command."""
    return {"person": person, "person_name": person.get_username(), "address": "", "by_command": True}


def _begun(path: Path, **known: Any) -> Import:
    try:
        return uploads.begin(path.name, path.stat().st_size, **known)
    except OSError as error:
        raise CommandError(_unreadable(path, error)) from error
    except uploads.UploadError as error:
        raise CommandError(f"{path}: {error}") from error


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path} cannot be read: {error.strerror}."


@contextmanager
def _left_without_trace(made: Import, path: Path) -> Iterator[None]:
    """Delete an import whose file cannot be used, and its file, and raise CommandError with the reason."""
    try:
        yield
    except (OSError, uploads.UploadError) as error:
        reason = _unreadable(path, error) if isinstance(error, OSError) else f"{path}: {error}"
        raise CommandError(" ".join(filter(None, (reason, discard(made))))) from error
    except KeyboardInterrupt:
        discard(made)
        raise


def _upload(made: Import, path: Path) -> None:
    with path.open("rb") as file:
        while piece := file.read(uploads.LONGEST_PIECE):
            uploads.add_piece(made, made.received, piece)


@contextmanager
def _interrupted() -> Iterator[Any]:
    """Make Ctrl-C and SIGTERM a question that a block can ask, instead of ending it."""
    seen: list[int] = []
    before = {number: signal.signal(number, lambda *_: seen.append(1)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
