// The AWS SDK for JavaScript sends events: each line that it prints is what came of one step.
import {
  InvalidInputException,
  PersonalizeEventsClient,
  PutActionInteractionsCommand,
  PutEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-personalize-events";

const [endpoint, trackingId, actionsTrackingId] = process.argv.slice(2);
const events = new PersonalizeEventsClient({ endpoint, region: "us-east-1" });
const say = (step, outcome) => console.log(JSON.stringify([step, outcome]));
const put = (event, more) =>
  events.send(new PutEventsCommand({ trackingId, userId: "js", sessionId: "js", eventList: [event], ...more }));
const putAction = (event, more) =>
  events.send(new PutActionInteractionsCommand({ trackingId: actionsTrackingId, actionInteractions: [event], ...more }));

const view = { eventType: "view", itemId: "js ü", sentAt: new Date(1746100800123), impression: ["js ü", "other"] };
const done = await put({ ...view, properties: { numRatings: 12, device: "Phone|Ü 😀" } });
say("object", [done.$metadata.httpStatusCode, typeof done.$metadata.requestId]);
const asText = JSON.stringify({ numRatings: "12", device: "Phone|Ü 😀" });
await put({ ...view, sentAt: new Date(1746100801000), properties: asText });

const taken = { actionId: "js", userId: "js", sessionId: "js", eventType: "Not Taken", timestamp: new Date(1746100800999) };
say("action", (await putAction({ ...taken, properties: { cost: 7 } })).$metadata.httpStatusCode);

const refusals = {
  "no json": [() => put({ ...view, properties: "{" }), InvalidInputException],
  "nobody's tracker": [() => put(view, { trackingId: "missing" }), InvalidInputException],
  "nobody's action tracker": [() => putAction(taken, { trackingId: "missing" }), ResourceNotFoundException],
  "26 impressions": [() => put({ ...view, impression: Array.from({ length: 26 }, () => "i") }), InvalidInputException],
  "no number": [() => put({ ...view, eventValue: NaN }), InvalidInputException],
};
for (const [step, [refused, type]] of Object.entries(refusals)) {
  const error = await refused().catch((error) => error);
  say(step, [error.name, error instanceof type, error.$metadata.httpStatusCode, error.$metadata.attempts]);
}
