// What the programs of clients in JavaScript share: they answer lines of JSON, as tests/clients/walking.py says.
import { createInterface } from "node:readline";

export const answerLines = async (call) => {
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await call(JSON.parse(line))));
};

// One client for each endpoint and service.
export const keptClients = (make) => {
  const clients = new Map();
  return (endpoint, service) => {
    const key = `${service} ${endpoint}`;
    if (!clients.has(key)) clients.set(key, make(endpoint, service));
    return clients.get(key);
  };
};

// JSON has no times: those of events stand in texts.
const MOMENTS = new Set(["sentAt", "timestamp"]);
export const withMoments = (value, asMoment = (text) => new Date(text)) => {
  if (Array.isArray(value)) return value.map((each) => withMoments(each, asMoment));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, MOMENTS.has(name) ? asMoment(each) : withMoments(each, asMoment)]),
  );
};
