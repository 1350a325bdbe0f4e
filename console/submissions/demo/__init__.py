"""The demo in the trail: marked as a demo's, filled with made-up submissions, and ended by a reset."""
