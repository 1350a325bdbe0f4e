"""Fills the demo with life: records, jobs, and two weeks of calls by the demo's people.

All of it is made by a seeded generator: the same for each demo but for its times, and of no real person.
"""
