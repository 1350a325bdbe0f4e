"""The gateway to Amazon Personalize: the console's only door to AWS, always through boto3."""
