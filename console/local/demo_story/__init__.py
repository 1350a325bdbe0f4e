"""What makes the demo alive: records, jobs, and a fortnight of calls that people of the demo might have made.

All of it is made by a seeded generator: the same for each demo but for its times, and of no real person.
"""
