"""In which order the files of tests with processes run, and in which processes of the tests: see Makefile.

The longest files come first: a process that begins one of them when the others have nothing left keeps all waiting.
"""

from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# The slowest files, slowest first, by `--durations=0` of a run. The others follow in any order.
LONGEST: Sequence[str] = (
    "tests/serving/test_recording.py",
    "tests/storage/test_backup.py",
    "tests/serving/test_serving.py",
    "tests/serving/test_production.py",
    "tests/output/test_streams.py",
    "tests/browser/test_idempotency.py",
    "tests/server/test_long_bodies.py",
    "tests/serving/test_installed.py",
    "tests/pages/records/test_changed_credentials.py",
    "tests/browser/test_pages.py",
    "tests/storage/test_data_directory.py",
    "tests/storage/test_database_trouble.py",
    "tests/browser/test_tables.py",
    "tests/server/test_stalled.py",
    "tests/browser/test_record_input.py",
    "tests/serving/test_stopping.py",
    "tests/serving/test_postgresql.py",
    "tests/plugin/test_services.py",
    "tests/browser/test_bulk_import.py",
    "tests/serving/test_serving_jobs.py",
    "tests/browser/test_record_form.py",
    "tests/serving/test_two_servers.py",
    "tests/serving/test_serving_imports.py",
    "tests/browser/test_create_dataset.py",
    "tests/storage/test_database_url.py",
    "tests/clients/test_walk.py",
    "tests/serving/test_postgresql_removals.py",
    "tests/submissions/migrations/test_records_migration.py",
    "tests/server/test_processes.py",
    "tests/browser/test_local_service.py",
    "tests/fuzz/test_with_servers.py",
    "tests/submissions/migrations/test_migrations.py",
    "tests/pages/records/test_idempotency_at_once.py",
    "tests/serving/test_serving_removals.py",
    "tests/serving/test_no_room.py",
    "tests/pages/records/test_known_at_aws.py",
    "tests/browser/test_submissions.py",
    "tests/serving/test_full_disk.py",
    "tests/server/test_typed_text.py",
    "tests/clients/test_simulated_responses.py",
    "tests/browser/test_guard.py",
    "tests/pages/submissions/test_reused_names.py",
    "tests/browser/test_editor.py",
)
# Files whose tests share a server or a provider run in one process of the tests, after one another.
TOGETHER = {
    "tests/browser/test_presses.py": "tests/browser/test_tables.py",
    "tests/pages/account/test_nobodys_sessions.py": "tests/pages/account/test_sign_in_with_provider.py",
    "tests/pages/account/test_provider_answer.py": "tests/pages/account/test_sign_in_with_provider.py",
    "tests/pages/environments/test_environments_page.py": "tests/pages/account/test_sign_in_with_provider.py",
}
BROWSER = "tests/browser/"
PLACES = {path: place for place, path in enumerate(LONGEST)}


def sort(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first; those of a file keep their order."""
    items.sort(key=lambda item: PLACES.get(TOGETHER.get(path := file_of(item.nodeid), path), len(LONGEST)))


def file_of(nodeid: str) -> str:
    """Return the file of a test by its ID."""
    return nodeid.partition("::")[0]


class LongestFirst(LoadFileScheduling):  # type: ignore[misc]  # It has no types.
    """Gives each process of the tests one file after another, the first half of them those of browsers.

    So fewer processes begin a Chromium, and the consoles that tests with browsers share. Who has none of its own kind
    left takes the other.
    """

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(path := file_of(nodeid), path)

    def _assign_work_unit(self, node: WorkerController) -> None:
        has_browsers = self.nodes.index(node) < len(self.nodes) // 2
        of_kind = next((path for path in self.workqueue if path.startswith(BROWSER) == has_browsers), None)
        if of_kind:
            self.workqueue.move_to_end(of_kind, last=False)
        super()._assign_work_unit(node)
