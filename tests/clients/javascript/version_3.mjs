// The AWS SDK for JavaScript, version 3: see lines.mjs.
import * as personalize from "@aws-sdk/client-personalize";
import * as personalizeEvents from "@aws-sdk/client-personalize-events";
import { answerLines, keptClients, withMoments } from "./lines.mjs";

const modules = { personalize, "personalize-events": personalizeEvents };
const classes = { personalize: "PersonalizeClient", "personalize-events": "PersonalizeEventsClient" };
const clientOf = keptClients((endpoint, service) => new modules[service][classes[service]]({ endpoint }));

await answerLines(async ({ endpoint, service, operation, input }) => {
  const Command = modules[service][`${operation}Command`];
  if (!Command) return { unknown: true };
  try {
    const { $metadata, ...answer } = await clientOf(endpoint, service).send(new Command(withMoments(input)));
    return { answer, attempts: $metadata.attempts };
  } catch (error) {
    const known = modules[service][error.name];
    return {
      error: error.name,
      class: known && error instanceof known ? known.name : null,
      status: error.$metadata?.httpStatusCode ?? null,
      attempts: error.$metadata?.attempts ?? null,
    };
  }
});
