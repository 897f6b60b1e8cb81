import type { BetterAuthOptions } from "better-auth";
import type { Database } from "@/db/client";
import { countAttempt } from "@/db/rate-limit";

type RateLimitStorage = NonNullable<NonNullable<BetterAuthOptions["rateLimit"]>["customStorage"]>;

/**
 * Where better-auth counts requests: in the database and on its clock, so that all processes count together. Its own storage would
 * also delete every row that is older than a minute, and with them the counts of our longer limits.
 */
export function rateLimitStorage(db: Database): RateLimitStorage {
  return {
    async consume(key, { window, max }) {
      const allowed = (await countAttempt(db.system, key, window * 1000)) <= max;
      return { allowed, retryAfter: allowed ? null : window };
    },
  };
}
