// Plain HTTP for signers: the requests of AWS's protocols, written by hand, and what their answers say.
import { answerLines, withMoments } from "./lines.mjs";

export const SIGNED_AS = "personalize";
export const keys = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
};
export const region = process.env.AWS_REGION;
const PATHS = {
  PutUsers: "/users",
  PutItems: "/items",
  PutActions: "/actions",
  PutEvents: "/events",
  PutActionInteractions: "/action-interactions",
};
const inSeconds = (text) => new Date(text) / 1000;

// `send` posts a signed request with headers and a body to a URL, and resolves to the status, the code of an error, the
// text, and how often it tried; it rejects where there is no answer.
export const answerWith = (send) =>
  answerLines(async ({ endpoint, operation, input }) => {
    const path = PATHS[operation];
    const headers = path
      ? { "Content-Type": "application/json" }
      : { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": `AmazonPersonalize.${operation}` };
    try {
      const body = JSON.stringify(withMoments(input, inSeconds));
      const { status, code, text, attempts } = await send(endpoint + (path ?? ""), headers, body);
      if (status === 200) return { answer: JSON.parse(text || "{}"), attempts };
      return { error: code.split(":")[0], class: null, status, attempts };
    } catch (error) {
      return { error: `${error.message}`, class: null, status: null, attempts: null };
    }
  });
