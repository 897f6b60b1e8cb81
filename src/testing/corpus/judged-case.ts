import { isCollectError } from "@/collectors/collect-error";

/** One document or rule of the corpus, held against what is expected of it. */
export interface JudgedCase {
  name: string;
  /** In words; null when the expectation is met. */
  difference: string | null;
}

/** Compares as JSON. What a collector refuses is its code. */
export async function judge(name: string, expected: unknown, give: () => unknown): Promise<JudgedCase> {
  const given = await attempt(give);
  const [wanted, got] = [expected, given].map((value) => JSON.stringify(value ?? null));
  return { name, difference: wanted === got ? null : `expected ${shorten(wanted)}, gives ${shorten(got)}` };
}

async function attempt(give: () => unknown): Promise<unknown> {
  try {
    return await give();
  } catch (error) {
    if (isCollectError(error)) return error.code;
    throw error;
  }
}

function shorten(text = ""): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
