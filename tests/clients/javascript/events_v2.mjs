// The AWS SDK for JavaScript, version 2, sends records: each line that it prints is what came of one step.
import AWS from "aws-sdk";

const [endpoint, trackingId, actionsTrackingId, usersArn] = process.argv.slice(2);
const events = new AWS.PersonalizeEvents({ endpoint, region: "us-east-1", maxRetries: 0 });
const say = (step, outcome) => console.log(JSON.stringify([step, outcome]));
const put = (event, more) =>
  events.putEvents({ trackingId, userId: "js v2", sessionId: "js", eventList: [event], ...more }).promise();
const putAction = (event, more) =>
  events.putActionInteractions({ trackingId: actionsTrackingId, actionInteractions: [event], ...more }).promise();

const view = { eventType: "view", itemId: "js ü", sentAt: new Date(1746100800123), impression: ["js ü", "other"] };
const done = await put({ ...view, properties: { numRatings: 12, device: "Phone|Ü 😀" } });
say("object", [done.$response.httpResponse.statusCode, typeof done.$response.requestId]);
const taken = { actionId: "js", userId: "js v2", sessionId: "js", eventType: "Taken", timestamp: new Date(1746100800999) };
say("action", (await putAction({ ...taken, properties: { cost: 7 } })).$response.httpResponse.statusCode);
const users = [{ userId: "js v2 ü", properties: { membershipStatus: "Premium|Ü 😀" } }];
say("user", (await events.putUsers({ datasetArn: usersArn, users }).promise()).$response.httpResponse.statusCode);

const refusals = {
  "a text": () => put({ ...view, properties: '{"device": "Phone"}' }),
  "nobody's tracker": () => put(view, { trackingId: "missing" }),
  "nobody's action tracker": () => putAction(taken, { trackingId: "missing" }),
};
for (const [step, refused] of Object.entries(refusals)) {
  const error = await refused().catch((error) => error);
  say(step, [error.code, error.statusCode, error.message]);
}
