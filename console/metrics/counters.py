"""The console's counters and timers for Prometheus.

The metrics are imported where something is counted: a command that counts nothing starts without prometheus_client.
"""

import re
from collections.abc import Iterable

from console.records.problems import Problem, Remark

NUMBER = re.compile(r"\d[\d,]*")


def count_page(page: str, method: str, status: int, *, seconds: float) -> None:
    """Count a response of the console by URL name and method, with its duration."""
    from console.metrics.metrics import PAGE_SECONDS

    PAGE_SECONDS.labels(page, method, status).observe(seconds)


def count_submission(environment: str, outcome: str, *, attempts: int, milliseconds: float) -> None:
    """Count a completed submission; `attempts` is 0 if there was none."""
    from console.metrics.metrics import PUT_RECORDS_RETRIES, PUT_RECORDS_SECONDS, SUBMISSIONS

    SUBMISSIONS.labels(environment, outcome).inc()
    PUT_RECORDS_RETRIES.labels(environment).inc(max(0, attempts - 1))
    if attempts or outcome == "unconfirmed":
        PUT_RECORDS_SECONDS.labels(environment).observe(milliseconds / 1000)


def count_problems(remarks: Iterable[Remark]) -> None:
    """Count the problems of a text by where they are and what was found; how long or how many it was is left out."""
    from console.metrics.metrics import PROBLEMS

    for remark in remarks:
        if isinstance(remark, Problem):
            place = "field" if remark.field else "record" if remark.record else "record input"
            PROBLEMS.labels(place, NUMBER.sub("N", remark.kind)).inc()
