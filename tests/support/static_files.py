"""WhiteNoise as the tests have it: each test client has middleware of its own, and would look at all files again."""

from whitenoise.middleware import WhiteNoiseMiddleware

# By the directory and its address.
_found: dict[tuple[str, str], dict[str, object]] = {}


class FilesOnce(WhiteNoiseMiddleware):  # type: ignore[misc]  # It has no types.
    """Serve the files that were in a directory when a process of the tests looked into it for the first time."""

    def update_files_dictionary(self, root: str, prefix: str) -> None:
        if (root, prefix) not in _found:
            super().update_files_dictionary(root, prefix)
            _found[root, prefix] = dict(self.files)
        self.files.update(_found[root, prefix])
