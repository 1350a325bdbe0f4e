"""A file of an import or export job of the local service, as a download: AWS's are in S3."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from console.activity.models import Kind
from console.activity.recording import record_activity
from console.local import api as local_api
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.permissions import why_not_see_properties
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.job_calls import EXPORT, IMPORT
from console.personalize.jobs import load_job
from console.records.entities import Entity

KINDS = {kind.name: kind for kind in (IMPORT, EXPORT)}


@environment_page(DATASET + "job-file/", "Job", is_file=True, why_not=why_not_see_properties)
def job_file(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponseBase:
    """Return the file named by the query's `kind`, `job` and `file`; raise Http404 if there is none.

    It contains records, so it is only for people who may see their properties.
    """
    kind = KINDS.get(request.GET.get("kind", ""))
    if not environment.is_local or kind is None:
        raise Http404("There is no such file.")
    dataset_arn = describe_dataset_of(environment, group, entity)["datasetArn"]
    job = load_job(environment, kind, dataset_arn, request.GET.get("job", ""))
    name = request.GET.get("file", "")
    try:
        file = local_api.open_job_file(job.arn, name)
    except (OSError, ValueError) as error:
        raise Http404("This job has no such file.") from error
    if request.method == "GET":
        facts = {"job": job.name}
        record_activity(Kind.EXPORTED, name, noun="file", environment=environment, group=group, facts=facts)
    content_type = "text/csv; charset=utf-8" if name.lower().endswith(".csv") else "text/plain; charset=utf-8"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
