"""Schemas as people paste them into Create dataset: within what services answer, and what programs and tools have."""
