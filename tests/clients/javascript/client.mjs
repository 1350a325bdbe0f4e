// The AWS SDK for JavaScript against an endpoint: each line that it prints is what came of one step.
import {
  CreateEventTrackerCommand,
  DeleteEventTrackerCommand,
  DescribeEventTrackerCommand,
  DescribeSchemaCommand,
  ListDatasetGroupsCommand,
  ListSchemasCommand,
  paginateListDatasetGroups,
  paginateListDatasets,
  paginateListEventTrackers,
  paginateListSchemas,
  PersonalizeClient,
  ResourceNotFoundException as NoResource,
} from "@aws-sdk/client-personalize";
import {
  InvalidInputException,
  PersonalizeEventsClient,
  PutUsersCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-personalize-events";

const [endpoint] = process.argv.slice(2);
const settings = { endpoint, region: "us-east-1" };
const events = new PersonalizeEventsClient(settings);
const personalize = new PersonalizeClient(settings);
const dataset = (group) => `arn:aws:personalize:us-east-1:000000000000:dataset/${group}/USERS`;
const put = (client, group, users) => client.send(new PutUsersCommand({ datasetArn: dataset(group), users }));
const say = (step, outcome) => console.log(JSON.stringify([step, outcome]));

const status = { membershipStatus: "Premium|Ü 😀" };
const answer = await put(events, "online-shop", [
  { userId: "js object ü", properties: status },
  { userId: "js string ü", properties: JSON.stringify(status) },
]);
say("put", [answer.$metadata.httpStatusCode, typeof answer.$metadata.requestId]);

const refusals = {
  missing: ["missing", [{ userId: "u" }], ResourceNotFoundException],
  "in use": ["regional-stores", [{ userId: "u" }], ResourceInUseException],
  invalid: ["online-shop", [{ userId: "u", properties: { membershipStatus: 7 } }], InvalidInputException],
  "too many": ["online-shop", Array.from({ length: 11 }, () => ({ userId: "u" })), InvalidInputException],
};
for (const [step, [group, users, type]] of Object.entries(refusals)) {
  const error = await put(events, group, users).catch((error) => error);
  say(step, [error.name, error instanceof type, error.$metadata.httpStatusCode, error.$metadata.attempts]);
}

const names = async (paginator, key) => {
  const pages = [];
  for await (const page of paginator) pages.push(page[key].map((each) => each.name));
  return pages;
};
say("groups", await names(paginateListDatasetGroups({ client: personalize, pageSize: 3 }, {}), "datasetGroups"));
say("datasets", await names(paginateListDatasets({ client: personalize, pageSize: 3 }, {}), "datasets"));
say("schemas", await names(paginateListSchemas({ client: personalize, pageSize: 3 }, {}), "schemas"));

say("trackers", await names(paginateListEventTrackers({ client: personalize, pageSize: 3 }, {}), "eventTrackers"));

const datasetGroupArn = "arn:aws:personalize:us-east-1:000000000000:dataset-group/retired-campaigns";
const refused = await personalize.send(new CreateEventTrackerCommand({ name: "js", datasetGroupArn })).catch((error) => error);
say("tracker of a group that failed", [refused.name, refused.$metadata.httpStatusCode]);
const profiles = datasetGroupArn.replace("retired-campaigns", "member-profiles");
const made = await personalize.send(new CreateEventTrackerCommand({ name: "js", datasetGroupArn: profiles }));
const { eventTrackerArn } = made;
const describe = () => personalize.send(new DescribeEventTrackerCommand({ eventTrackerArn }));
let { eventTracker } = await describe();
say("tracker", [eventTracker.name, eventTracker.trackingId === made.trackingId, eventTracker.creationDateTime instanceof Date]);
while (eventTracker.status !== "ACTIVE") ({ eventTracker } = await describe());
const removed = await personalize.send(new DeleteEventTrackerCommand({ eventTrackerArn }));
say("tracker deleted", removed.$metadata.httpStatusCode);
while (await describe().catch(() => null));

const { schemas } = await personalize.send(new ListSchemasCommand({ maxResults: 1 }));
const { schema } = await personalize.send(new DescribeSchemaCommand({ schemaArn: schemas[0].schemaArn }));
say("schema", [typeof JSON.parse(schema.schema).fields, schema.creationDateTime instanceof Date]);
const unknown = new DescribeSchemaCommand({ schemaArn: `${schemas[0].schemaArn}-missing` });
const error = await personalize.send(unknown).catch((error) => error);
say("no schema", [error.name, error instanceof NoResource, error.$metadata.httpStatusCode]);

const many = (client) =>
  Promise.all(
    Array.from({ length: 24 }, (_, number) =>
      put(client, "video-streaming", [{ userId: `js-${number}`, properties: { subscriptionModel: "Ads" } }])
        .then((done) => ["done", done.$metadata.attempts])
        .catch((error) => [error.name, error.$metadata.attempts]),
    ),
  );
say("patient", await many(new PersonalizeEventsClient({ ...settings, maxAttempts: 12 })));
say("impatient", await many(new PersonalizeEventsClient({ ...settings, maxAttempts: 1 })));

// Of an endpoint that ends in slashes, some clients make a path with more of them than they sign.
for (const end of ["", "/", "//"]) {
  const own = { ...settings, endpoint: endpoint + end };
  const done = await put(new PersonalizeEventsClient(own), "online-shop", [{ userId: `js slashes ${end.length}`, properties: status }]);
  const { datasetGroups } = await new PersonalizeClient(own).send(new ListDatasetGroupsCommand({}));
  say(`slashes ${end.length}`, [done.$metadata.httpStatusCode, datasetGroups.length > 0]);
}

// A clock that is an hour late is set right by the first answer.
const late = new PersonalizeEventsClient({ ...settings, systemClockOffset: -3_600_000 });
const corrected = await put(late, "online-shop", [{ userId: "js late", properties: status }]);
say("late", [corrected.$metadata.httpStatusCode, corrected.$metadata.attempts]);
