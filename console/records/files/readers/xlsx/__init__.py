"""Sheets of .xlsx files (ISO/IEC 29500), read in a stream.

The names of elements are compared without their namespace, of which there are two: "strict" files have another one.
"""
