"""The local service: an embedded, durable service that speaks Amazon Personalize's protocol.

For demonstrations and tests on one machine. It serves dataset groups, datasets, schemas and PutUsers; every other
operation answers with an error that says so. What is created is ACTIVE at once.
"""
