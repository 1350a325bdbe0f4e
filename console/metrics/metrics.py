"""The metrics of the console, as prometheus_client keeps them over all processes of a server.

Each process writes to files of its own in the directory that PROMETHEUS_MULTIPROC_DIR names, which `serve` makes: the
page /metrics adds them up, whichever process answers it. Labels are names of the configuration and of the code, never
anything that was typed.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.metrics_core import Metric
from prometheus_client.samples import Sample

from console.metrics.value_files import DIRECTORY, FileValue, all_values

if DIRECTORY in os.environ:
    # Before there is a metric, as each of them asks for it.
    values.ValueClass = FileValue

_own = CollectorRegistry()

SUBMISSIONS = Counter("console_submissions", "Submissions by outcome", ["environment", "outcome"], registry=_own)
PUT_RECORDS_SECONDS = Histogram(
    "console_put_records_seconds",
    "How long calls that send records took, with their retries",
    ["environment"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40),
    registry=_own,
)
PUT_RECORDS_RETRIES = Counter(
    "console_put_records_retries",
    "Attempts of calls that send records after the first",
    ["environment"],
    registry=_own,
)
PROBLEMS = Counter(
    "console_problems",
    "Problems in record input that people validated or sent, by field and by kind of what was found",
    ["place", "found"],
    registry=_own,
)
PAGE_SECONDS = Histogram(
    "console_page_seconds",
    "How long the console took to respond, by the name of the URL pattern",
    ["page", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 40),
    registry=_own,
)


def in_text_format() -> bytes:
    """Return all metrics of all processes in Prometheus's text format."""
    if DIRECTORY not in os.environ:
        return generate_latest(_own)
    registry = CollectorRegistry()
    registry.register(_OfAllProcesses())
    return generate_latest(registry)


class _OfAllProcesses:
    """The metrics of all processes, added up, as prometheus_client's registry asks for them."""

    def collect(self) -> Iterable[Metric]:
        sums: defaultdict[tuple[str, str], float] = defaultdict(float)
        for kind, key, value in all_values():
            sums[kind, key] += value
        found: dict[str, Metric] = {}
        for (kind, key), value in sums.items():
            name, sample, labels, documentation = json.loads(key)
            metric = found.setdefault(name, Metric(name, documentation, kind))
            metric.add_sample(sample, labels, value)
        for metric in found.values():
            if metric.type == "histogram":
                metric.samples = list(_with_counts(metric))
        return found.values()


def _with_counts(histogram: Metric) -> Iterator[Sample]:
    """Yield the samples of a histogram as Prometheus has them: a bucket counts those below it too, the last all."""
    buckets: defaultdict[tuple[tuple[str, str], ...], list[tuple[str, float]]] = defaultdict(list)
    for sample in histogram.samples:
        if "le" not in sample.labels:
            yield sample
            continue
        others = tuple((name, value) for name, value in sample.labels.items() if name != "le")
        buckets[others].append((sample.labels["le"], sample.value))
    for labels, found in buckets.items():
        count = 0.0
        for bound, value in sorted(found, key=lambda bucket: float(bucket[0])):
            count += value
            yield Sample(f"{histogram.name}_bucket", {**dict(labels), "le": bound}, count)
        yield Sample(f"{histogram.name}_count", dict(labels), count)
