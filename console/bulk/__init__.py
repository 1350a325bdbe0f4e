"""Importing records from a file: uploaded, its columns mapped, checked, and sent at AWS's rate, or by a job of AWS.

`models` has an import and its parts. `uploading` takes a file in and says which column is which field, `checking`
makes parts of its rows and fixes them, and `sending` brings the records to their dataset. `controls` is what a person
does to an import, and `running` is the queue that the worker takes imports from.
"""
