import type { Database } from "@/db/client";
import type { Logger } from "@/log/logger";

/** A database that takes longer than this to say what time it is cannot serve requests. */
const ANSWERS_WITHIN_MS = 2_000;

export interface ReadinessOptions {
  db: Pick<Database, "now">;
  log: Logger;
  /** What the process is short of, in words; null when it has enough. */
  shortage(): string | null;
  isStopping(): boolean;
}

/**
 * Whether this process can take on work now: it is not stopping, is short of nothing, and its database answers. Why it cannot is
 * logged when that changes; who asks is told only that it is so. Many may ask at once: the database is asked once.
 */
export function createReadiness(options: ReadinessOptions): () => Promise<boolean> {
  const { db, log } = options;
  let asking: Promise<boolean> | undefined;
  let said: string | null = null;

  async function findObstacle(): Promise<string | null> {
    if (options.isStopping()) return "The process is stopping.";
    const shortage = options.shortage();
    if (shortage !== null) return shortage;
    asking ??= answers(db).finally(() => {
      asking = undefined;
    });
    return (await asking) ? null : "The database does not answer.";
  }

  return async () => {
    const obstacle = await findObstacle();
    if (obstacle !== null && obstacle !== said) log.warn({ reason: obstacle }, "not ready for requests");
    if (obstacle === null && said !== null) log.info("ready for requests again");
    said = obstacle;
    return obstacle === null;
  };
}

async function answers(db: Pick<Database, "now">): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS);
  });
  const answer = db.now().then(
    () => true,
    () => false,
  );
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
