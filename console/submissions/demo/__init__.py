"""The demo in the trail: each is marked as one, begins with submissions that were made for it, and ends at a reset."""
