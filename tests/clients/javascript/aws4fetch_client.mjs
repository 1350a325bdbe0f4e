// fetch with aws4fetch: see plain.mjs.
import { AwsClient } from "aws4fetch";
import { answerWith, keys, region, SIGNED_AS } from "./plain.mjs";

const client = new AwsClient({ ...keys, region, service: SIGNED_AS });

await answerWith(async (url, headers, body) => {
  const answer = await client.fetch(url, { method: "POST", headers, body });
  const code = answer.headers.get("x-amzn-errortype");
  // It does not say how often it has tried.
  return { status: answer.status, code, text: await answer.text(), attempts: null };
});
