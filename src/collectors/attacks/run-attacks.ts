import { setImmediate as turn } from "node:timers/promises";
import { Agent, interceptors, request } from "undici";
import { isCollectError } from "@/collectors/collect-error";
import { createPageFetcher } from "@/collectors/fetch-page";
import type { ResolveName } from "@/collectors/resolve-name";
import type { AttackRange } from "./attack-range";
import { type OutgoingAttack, outgoingAttacks } from "./outgoing-attacks";

export interface AttackResult {
  kind: string;
  name: string;
  outcome: "refused" | "harmless" | "let through";
  /** How it ended: `answered`, or the error's code. */
  ending: string;
  forbiddenConnections: number;
}

export interface AttackReport {
  guarded: AttackResult[];
  /** The same attacks on a client that follows redirects and guards nothing. */
  unguarded: AttackResult[];
}

/** Collects an address once, and says how that ended. */
type Attempt = (url: string) => Promise<string>;
type OpenClient = (resolveName: ResolveName, range: AttackRange) => { attempt: Attempt; close(): Promise<void> };

/** Whatever does not answer in this time answers nothing. */
const PATIENCE_MS = 1_000;

/** Carries out all attacks that fit the range, one after the other. */
export async function runAttacks(range: AttackRange, fits: (attack: OutgoingAttack) => boolean): Promise<AttackReport> {
  const attacks = outgoingAttacks(range.scene).filter(fits);
  return { guarded: await runAll(range, attacks, openGuarded), unguarded: await runAll(range, attacks, openUnguarded) };
}

async function runAll(range: AttackRange, attacks: OutgoingAttack[], open: OpenClient): Promise<AttackResult[]> {
  const results: AttackResult[] = [];
  for (const attack of attacks) results.push(await run(range, attack, open));
  return results;
}

async function run(range: AttackRange, attack: OutgoingAttack, open: OpenClient): Promise<AttackResult> {
  const before = range.forbiddenConnections();
  const client = open(scriptedAnswers(attack.answers ?? []), range);
  let ending = "";
  for (let count = 0; count < (attack.times ?? 1); count++) ending = await client.attempt(attack.url);
  await client.close();
  // On one machine a connection is made at once; whoever listens hears of it in one of the next turns.
  for (let turns = 0; turns < 3; turns++) await turn();
  const forbiddenConnections = range.forbiddenConnections() - before;
  return { kind: attack.kind, name: attack.name, outcome: outcomeOf(attack, ending, forbiddenConnections), ending, forbiddenConnections };
}

/** A refusal must be one: an attempt that failed was made. */
function outcomeOf({ expected = "refused" }: OutgoingAttack, ending: string, forbiddenConnections: number): AttackResult["outcome"] {
  if (forbiddenConnections > 0) return "let through";
  if (ending === "blocked" || ending === "redirect") return "refused";
  return expected === "harmless" ? "harmless" : "let through";
}

function scriptedAnswers(answers: string[][]): ResolveName {
  let asked = 0;
  return async (hostname) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)];
    if (!addresses) throw Object.assign(new Error(`There is no ${hostname}.`), { code: "ENOTFOUND" });
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
}

const openGuarded: OpenClient = (resolveName, { policy }) => {
  const limits = { deadlineMs: PATIENCE_MS, connectTimeoutMs: PATIENCE_MS };
  const { fetchPage, close } = createPageFetcher({ policy, userAgent: "Milkrun attacks", resolveName, limits });
  const attempt: Attempt = async (url) => {
    try {
      await fetchPage(url, { signal: new AbortController().signal });
      return "answered";
    } catch (error) {
      return isCollectError(error) ? error.code : String(error);
    }
  };
  return { attempt, close };
};

const openUnguarded: OpenClient = (resolveName) => {
  const agent = new Agent({
    connect: {
      timeout: PATIENCE_MS,
      lookup: (hostname, _options, callback) =>
        void resolveName(hostname).then(
          (addresses) => callback(null, addresses),
          (error) => callback(error, []),
        ),
    },
    headersTimeout: PATIENCE_MS,
  });
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: 5 }));
  const attempt: Attempt = async (url) => {
    try {
      const { body } = await request(url, { dispatcher });
      await body.dump();
      return "answered";
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  };
  return { attempt, close: () => agent.destroy() };
};
