import fs from "node:fs";
import { createInterface } from "node:readline";

/** What a measured process tells the bench: one JSON object a line. */
export function say(message: object): void {
  fs.writeSync(process.stdout.fd, `${JSON.stringify(message)}\n`);
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** The next thing that the bench tells this process; the first is its specification. Ends the process when the bench is gone. */
export async function hear<T>(): Promise<T> {
  const { value, done } = await lines.next();
  if (done) process.exit(0);
  return JSON.parse(value) as T;
}
