"""What is the same for all operations: errors of every request, HTTP statuses, and operations that are not served."""

from tests.local.ledger.entry import API, OWN, Failure

# By API: the HTTP status of each error of its model.
STATUSES = {
    "personalize": {
        "InvalidInputException": 400,
        "InvalidNextTokenException": 400,
        "LimitExceededException": 400,
        "ResourceAlreadyExistsException": 400,
        "ResourceInUseException": 400,
        "ResourceNotFoundException": 400,
        "TooManyTagKeysException": 400,
        "TooManyTagsException": 400,
    },
    "personalize-events": {
        "InvalidInputException": 400,
        "ResourceInUseException": 409,
        "ResourceNotFoundException": 404,
    },
    "personalize-runtime": {
        "InvalidInputException": 400,
        "ResourceNotFoundException": 404,
    },
}
NOT_SERVED = (
    "CreateBatchInferenceJob",
    "CreateBatchSegmentJob",
    "CreateCampaign",
    "CreateFilter",
    "CreateMetricAttribution",
    "CreateRecommender",
    "CreateSolution",
    "CreateSolutionVersion",
    "DeleteCampaign",
    "DeleteFilter",
    "DeleteMetricAttribution",
    "DeleteRecommender",
    "DeleteSolution",
    "DescribeAlgorithm",
    "DescribeBatchInferenceJob",
    "DescribeBatchSegmentJob",
    "DescribeCampaign",
    "DescribeFeatureTransformation",
    "DescribeFilter",
    "DescribeMetricAttribution",
    "DescribeRecipe",
    "DescribeRecommender",
    "DescribeSolution",
    "DescribeSolutionVersion",
    "GetSolutionMetrics",
    "ListBatchInferenceJobs",
    "ListBatchSegmentJobs",
    "ListCampaigns",
    "ListFilters",
    "ListMetricAttributionMetrics",
    "ListMetricAttributions",
    "ListRecipes",
    "ListRecommenders",
    "ListSolutionVersions",
    "ListSolutions",
    "StartRecommender",
    "StopRecommender",
    "StopSolutionVersionCreation",
    "UpdateCampaign",
    "UpdateMetricAttribution",
    "UpdateRecommender",
    "UpdateSolution",
)
COMMON = f"{API}: Common errors"
SIGNING = "IAM user guide: Create a signed AWS API request"
REFUSED = "http/test_endpoints.refuses_with_the_code_of_aws_and_stores_nothing"
BAD = "http/test_bad_requests.is_refused_as_aws_refuses_it_and_leaves_no_trace"
DATABASE = "/storage/test_database_trouble.aws_clients_are_told_that_the_service_is_unavailable"

# A row is a line. The statuses stand before what they are of.
# fmt: off
OF_EVERY_REQUEST = [
    Failure("AccessDeniedException", "400 or 403, by the API: the key is read-only, and the operation's name begins with none of Describe, Get and List", COMMON, "http/test_keys.a_read_only_key_may_describe_get_and_list"),
    Failure("AccessDeniedException", "403: the request names a host that is not this server's", OWN, "http/test_bad_requests.answers_to_no_host_name_but_its_own"),
    Failure("IncompleteSignatureException", "403: the signature lacks a part, or is of another kind than Signature Version 4", COMMON, REFUSED),
    Failure("InternalServerError", "500: a defect, which the log names without values", OWN, "http/test_endpoints.a_defect_is_logged_by_its_place_alone_and_answered_without_it"),
    Failure("InvalidSignatureException", "403: the signature is not that of the request, or more than 15 minutes old", SIGNING, REFUSED),
    Failure("MissingAuthenticationTokenException", "403: there is no signature, or it is in the address (presigned)", OWN, BAD),
    Failure("RequestAbortedException", "400: the body ends before its stated length", COMMON, BAD),
    Failure("RequestEntityTooLargeException", "413: the body has more than 1 MiB", COMMON, BAD),
    Failure("RequestTimeoutException", "408: the body takes too long to arrive", COMMON, "/server/test_stalled.a_body_that_stalls_is_answered_after_30_seconds"),
    Failure("SerializationException", "400: the body is no JSON object in UTF-8", OWN, "http/test_endpoints.says_what_is_wrong_with_a_body"),
    Failure("ServiceUnavailable", "503: the database cannot be used; SDKs try again", COMMON, DATABASE),
    Failure("UnknownOperationException", "404, or 400 for a wrong X-Amz-Target: Amazon Personalize has no such operation", COMMON, "http/test_endpoints.an_unknown_operation_is_refused_as_aws_does"),
    Failure("UnrecognizedClientException", "403: nobody has the access key", COMMON, REFUSED),
    Failure("UnsupportedMediaTypeException", "415: another content type than `application/json`, but for the API `personalize`", OWN, BAD),
    Failure("UnsupportedOperationException", "400: the operation is not served; the message lists those that are", OWN, "test_operations.what_is_not_served_is_said_once_and_never_retried"),
]
# fmt: on
