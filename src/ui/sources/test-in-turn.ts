/** The server tests three at once for an organization; one is left to whoever tests something else. */
const AT_ONCE = 2;

/** Tests what there is in its order, two at a time, until all are tested or it is told to stop. */
export async function testInTurn<Entry>(entries: readonly Entry[], signal: AbortSignal, test: (entry: Entry) => Promise<void>): Promise<void> {
  const waiting = [...entries];
  const lane = async () => {
    for (let entry = waiting.shift(); entry !== undefined && !signal.aborted; entry = waiting.shift()) await test(entry);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
