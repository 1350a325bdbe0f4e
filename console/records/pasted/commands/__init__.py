"""Commands of the AWS CLI and of curl, as people copy them out of shells, read without a shell."""
