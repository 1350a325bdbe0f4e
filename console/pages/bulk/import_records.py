"""Import records from a file: a form for a file or pasted rows, which are then mapped, checked and sent."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.bulk.models import Import, Stage
from console.bulk.uploading.uploads import LONGEST_PIECE, UploadError
from console.pages.bulk.steps import steps
from console.pages.bulk.taking_in import origin_of_request, place, take_in, why_not_import, why_not_into
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.registry import TypedFields, Upload
from console.pages.frame.requests import uuid_of
from console.pages.frame.typed_text import take
from console.personalize.datasets import DescribedDataset, load_dataset
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.records.pasted.all_records import text_file
from console.records.pasted.detected import Refusal
from console.server.http.files import LONGEST_FORM
from console.server.http.long_forms import MOST_CHARACTERS, MULTIPART

TOO_LONG = (
    "A file of more than 8 MB cannot be uploaded without JavaScript, so nothing was done. Turn JavaScript on for this "
    "page, pack the file by gzip, or ask an administrator to run the command import_records."
)
NOTHING_CHOSEN = "Choose a file, or paste rows."
BOTH_CHOSEN = "There are a file and pasted rows. Choose a file, or paste rows, but not both."
TOO_MANY_CHARACTERS = (
    f"The pasted rows have more than {MOST_CHARACTERS:,} characters, so nothing was uploaded. Save them as a file, "
    "and choose that."
)
FORM_EXPIRED = "This page was open for too long, so nothing was uploaded. Choose the file, or check the rows, again."


def give_back(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the page for the person's own expired POST: the rows are shown again and nothing is uploaded."""
    dataset = load_dataset(environment, group, entity)
    return _page(request, environment, group, dataset, _pasted(request), FORM_EXPIRED, status=403)


@environment_page(
    DATASET + "import-records/",
    "Import records from a file",
    parent="dataset",
    methods=READ_AND_POST,
    why_not=why_not_import,
    # Create record(s) sends its typed text under the same name.
    typed=TypedFields(("record_input",), give_back),
    upload=Upload(MULTIPART, LONGEST_FORM, TOO_LONG),
)
def import_records(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the form; on POST store the file or the rows, and redirect to the import's page."""
    dataset = load_dataset(environment, group, entity)
    if request.method != "POST":
        carried = take(request) or {}
        return _page(request, environment, group, dataset, carried.get("record_input", ""))
    obstacle = why_not_into(dataset)
    if obstacle:
        return _page(request, environment, group, dataset, _pasted(request), obstacle, status=409)
    try:
        bulk_import, notes = _stored_import(request, environment, group, dataset)
    except (UploadError, Refusal) as error:
        return _page(request, environment, group, dataset, _pasted(request), str(error), status=422)
    for note in notes:
        messages.info(request, note)
    return redirect("bulk_import", environment.name, group, entity, bulk_import.key)


def _stored_import(
    request: HttpRequest, environment: Environment, group: str, dataset: DescribedDataset
) -> tuple[Import, list[str]]:
    """Return the import for a form, and sentences on how its content was read; raise UploadError or Refusal."""
    file, pasted = request.FILES.get("file"), _pasted(request)
    if len(pasted) > MOST_CHARACTERS:
        raise UploadError(TOO_MANY_CHARACTERS)
    if file is None and not pasted.strip():
        raise UploadError(NOTHING_CHOSEN)
    if file is not None and pasted.strip():
        raise UploadError(BOTH_CHOSEN)
    known = origin_of_request(request, environment, group, dataset)
    if file is not None:
        return take_in(file.name or "", file.read(), dataset, **known), []
    assert dataset.schema is not None
    text_source = text_file(dataset.schema, dataset.target, pasted)
    notes = [f"The pasted text was read as {text_source.words}.", *text_source.changes] if text_source.words else []
    return take_in(text_source.name, text_source.text.encode(errors="replace"), dataset, **known), notes


def _pasted(request: HttpRequest) -> str:
    return request.POST.get("record_input", "")


def _page(
    request: HttpRequest,
    environment: Environment,
    group: str,
    dataset: DescribedDataset,
    pasted: str = "",
    problem: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "steps": steps(Stage.UPLOADING),
        "dataset": dataset,
        # Rendering a page takes many times the memory of its text, so a longer one is not shown again.
        "pasted": pasted if len(pasted) <= MOST_CHARACTERS else "",
        "problem": problem,
        "obstacle": "" if problem else why_not_into(dataset),
        "unfinished": _unfinished(request, environment, group, dataset.entity),
        "longest_piece": LONGEST_PIECE,
        "import_days": round(settings.CONSOLE_IMPORT_DAYS),
    }
    return render(request, "bulk/import_records.html", context, status=status)


def _unfinished(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> Import | None:
    """Return the unfinished upload named in the address, if it is the person's own."""
    key: UUID | None = uuid_of(request.GET.get("unfinished", ""))
    own = Import.objects.filter(person_id=request.user.pk, stage=Stage.UPLOADING, **place(environment, group, entity))
    return own.filter(key=key).first() if key else None
