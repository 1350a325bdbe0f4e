"""The gateway to Amazon Personalize: the console's only endpoint to AWS, always through boto3."""
