"""The ledger: of every operation of Amazon Personalize, what the local service does with it, and where that is from.

`table.py` puts the one table together, from a module for each kind of resource. `make ledger` writes it to
docs/operations.md, and tests/local/test_ledger.py compares it with botocore's models, with the operations that the
service answers, and with the tests that it names.
"""
