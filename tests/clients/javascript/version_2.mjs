// The AWS SDK for JavaScript, version 2: see lines.mjs. It encodes properties as JSON itself.
import AWS from "aws-sdk";
import { answerLines, keptClients, withMoments } from "./lines.mjs";

const classes = { personalize: "Personalize", "personalize-events": "PersonalizeEvents" };
const clientOf = keptClients((endpoint, service) => new AWS[classes[service]]({ endpoint }));

// Text that is no JSON is sent as it is.
const decoded = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
const withProperties = (value) => JSON.parse(JSON.stringify(value), (name, each) => (name === "properties" ? decoded(each) : each));

await answerLines(async ({ endpoint, service, operation, input }) => {
  const client = clientOf(endpoint, service);
  const method = operation[0].toLowerCase() + operation.slice(1);
  if (!client[method]) return { unknown: true };
  try {
    const { $response, ...answer } = await client[method](withMoments(withProperties(input))).promise();
    return { answer, attempts: $response.retryCount + 1 };
  } catch (error) {
    return { error: error.code, class: null, status: error.statusCode ?? null, attempts: null };
  }
});
