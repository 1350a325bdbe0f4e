"""Readers of files of records, from a path on the disk to rows in batches, with a bounded part of it in memory."""
