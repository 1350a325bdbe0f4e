// node:http with aws4: see plain.mjs.
import { request } from "node:http";
import aws4 from "aws4";
import { answerWith, keys, region, SIGNED_AS } from "./plain.mjs";

await answerWith((url, headers, body) => {
  const { host, hostname, port, pathname } = new URL(url);
  const options = { method: "POST", hostname, port, path: pathname, headers: { Host: host, ...headers }, body };
  const signed = aws4.sign({ ...options, service: SIGNED_AS, region }, keys);
  return new Promise((resolve, reject) => {
    const sent = request(signed, async (answer) => {
      const text = (await answer.setEncoding("utf8").toArray()).join("");
      resolve({ status: answer.statusCode, code: answer.headers["x-amzn-errortype"], text, attempts: 1 });
    });
    sent.on("error", reject).end(body);
  });
});
