"""How many imports a worker handles at once, by kind of work, and which work has a process of its own."""

LONG_CHECK = "check of a long file"

# Each waits for AWS most of the time, and sends to another dataset.
SENT_AT_ONCE = 16
# Each has a process of its own, of some 250 MB.
LONG_CHECKS_AT_ONCE = 2
# They may wait for AWS before records are compared.
SHORT_CHECKS_AT_ONCE = 3
