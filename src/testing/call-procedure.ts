import { TRPCError } from "@trpc/server";
import type { ApiWorld, Asker } from "./api-world";

/** What came of a call: what was answered (for a subscription its first event), or how it was refused. */
export type CallOutcome = { answer: unknown; code?: undefined } | { answer?: undefined; code: TRPCError["code"]; message: string };

/** Calls the procedure of this path. It is aborted from the start, so that what would wait gives up at once. */
export async function callProcedure(world: ApiWorld, asker: Asker, path: string, input: unknown): Promise<CallOutcome> {
  const caller = world.caller(asker, { signal: AbortSignal.abort() });
  const procedure = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller) as (input: unknown) => Promise<unknown>;
  try {
    const answer = await procedure(input);
    return { answer: isStream(answer) ? (await answer[Symbol.asyncIterator]().next()).value : answer };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code, message: error.message };
  }
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
}
