"""Errors of calls to Personalize in sentences: the failure, and the advice."""
