"""Record input: schemas, templates, reading and validation of records.

Pure: this package imports the standard library and jsonschema, never Django or boto3.
"""
