"""The warnings of import jobs, as stored in their rows."""

from dataclasses import dataclass

from console.local.models import DATASET_IMPORT_JOB, Job
from console.local.stages import ACTIVE


@dataclass(frozen=True, slots=True)
class JobWarnings:
    """The number of a job's warnings by kind, and the S3 URI of the file with the first ones, or ""."""

    counts: dict[str, int]
    file: str

    @property
    def number(self) -> int:
        """The total number of warnings."""
        return sum(self.counts.values())

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """The kinds and their numbers, in the order of the kinds: databases keep the members of JSON in any."""
        return sorted(self.counts.items())


def import_warnings(dataset_arn: str, names: list[str]) -> dict[str, JobWarnings]:
    """Return the warnings of those import jobs of a dataset that are ACTIVE and have some, by the jobs' names."""
    jobs = Job.objects.filter(kind=DATASET_IMPORT_JOB, dataset__arn=dataset_arn, name__in=names)
    return {
        job.name: JobWarnings(job.warnings, job.warnings_file)
        for job in jobs
        if job.warnings and job.shown_outcome == ACTIVE
    }
