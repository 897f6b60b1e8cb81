import { parseArgs } from "node:util";

const SECTIONS = ["burst", "boot", "idle", "latency", "occurrences", "processes", "collecting", "saving", "export"] as const;
export type Section = (typeof SECTIONS)[number];

export interface RunOptions {
  sections: readonly Section[];
  /** Small numbers, no waiting: whether it works, not how fast. */
  quick: boolean;
  /** Where the results go as JSON as well; null: nowhere. */
  json: string | null;
  /** Measures Milkrun and the floor only. */
  withoutPeers: boolean;
}

export const USAGE = `npm run bench [-- [${SECTIONS.join(" | ")}]… [--quick] [--no-peers] [--json FILE]]

Measures the bars S1 to S9 and S11 beside what one would use instead, with a PostgreSQL of its own in a temporary folder, or with the server that
BENCH_DATABASE_URL names (an administrator's address). Without a name: everything, which takes about 15 minutes.
`;

/** @throws TypeError with a sentence for the person when an argument is not known. */
export function readOptions(args: readonly string[]): RunOptions | "help" {
  const options = { quick: { type: "boolean" }, json: { type: "string" }, "no-peers": { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return "help";
  const unknown = positionals.find((name) => !isSection(name));
  if (unknown !== undefined) throw new TypeError(`There is no measurement "${unknown}".`);
  const sections = positionals.length > 0 ? positionals.filter(isSection) : SECTIONS;
  return { sections, quick: values.quick ?? false, json: values.json ?? null, withoutPeers: values["no-peers"] ?? false };
}

const isSection = (name: string): name is Section => (SECTIONS as readonly string[]).includes(name);
