import { parseArgs } from "node:util";

const USAGE = "npm run soak -- --minutes 10 --seed 1 --json";

export interface SoakOptions {
  /** How long faults are made. */
  minutes: number;
  /** Decides which faults are made, in which order. */
  seed: number;
  organizations: number;
  /** For machines: one JSON document on standard output, progress on standard error. */
  json: boolean;
}

/**
 * Reads what stands behind `npm run soak --`.
 * @throws Error with one sentence on what cannot be used.
 */
export function parseSoakArguments(args: readonly string[]): SoakOptions {
  const { minutes, seed, organizations, json } = parseOptions(args);
  return {
    minutes: readNumber("minutes", minutes, 0.2),
    seed: Math.floor(readNumber("seed", seed ?? String(Math.floor(Math.random() * 1_000_000)), 0)),
    organizations: Math.floor(readNumber("organizations", organizations, 1)),
    json,
  };
}

function parseOptions(args: readonly string[]) {
  const options = {
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    organizations: { type: "string", default: "200" },
    json: { type: "boolean", default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new Error(`These arguments cannot be used: ${args.join(" ")}. Write for instance: ${USAGE}`, { cause });
  }
}

function readNumber(name: string, text: string, minimum: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= minimum) return value;
  throw new Error(`--${name} ${text} cannot be used: it must be a number from ${minimum}. Write for instance: ${USAGE}`);
}
