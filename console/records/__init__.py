"""Record input: schemas, templates, reading and judging of user records.

Pure: this package imports the standard library and jsonschema, never Django or boto3.
"""
