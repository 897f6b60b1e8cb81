import type { Database } from "@/db/client";

/**
 * Waits for a condition on the database: looked at now and after each notification of a change, and at short intervals in case the
 * change makes none. Fails after `timeoutMs` with what was seen last.
 */
export async function until<T>(db: Database, look: () => Promise<T>, isRight: (seen: T) => boolean, timeoutMs = 10_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`It did not come about in ${timeoutMs} ms. Seen last: ${JSON.stringify(seen)}`);
    await nextChange(db);
  }
}

function nextChange(db: Database): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unsubscribe();
      clearTimeout(timer);
      resolve();
    };
    const unsubscribe = db.listener.subscribe("run", done);
    const timer = setTimeout(done, 100);
  });
}
