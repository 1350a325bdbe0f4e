"""The steps from a file to sent records, and the current one of an import."""

from dataclasses import dataclass

from console.bulk.models import OVER, Stage

NAMES = ("Upload", "Map columns", "Check", "Send")
# The stages of each step. A failed import has no current step: its problem names what failed.
STAGES = (
    (Stage.UPLOADING,),
    (Stage.MAPPING,),
    (Stage.CHECKING, Stage.CHECKED),
    (Stage.SENDING, Stage.PAUSED),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step by number and name: done, current, or ahead."""

    number: int
    name: str
    state: str


def steps(stage: str) -> list[Step]:
    """Return the steps of an import at a stage; once it is over, all are done or none is current."""
    current = next((index for index, stages in enumerate(STAGES) if stage in stages), len(NAMES))
    if stage in OVER and stage != Stage.DONE:
        return [Step(index + 1, name, "ended") for index, name in enumerate(NAMES)]
    return [
        Step(index + 1, name, "current" if index == current else "done" if index < current else "to come")
        for index, name in enumerate(NAMES)
    ]
