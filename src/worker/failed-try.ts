import { isCollectError } from "@/collectors/collect-error";
import { isMannersError } from "@/collectors/manners-error";
import type { PendingSource } from "@/db/run-sources";
import type { Failure } from "@/db/source-attempts";
import type { RefusedHeaders } from "@/db/source-headers";
import type { Logger } from "@/log/logger";

/** An attempt at a source that failed, and whether another one is worth it. */
export interface FailedTry {
  failure: Failure;
  retryable: boolean;
  retryAfterMs?: number;
}

/** The attempt of a source whose headers cannot be sent. */
export function refuseHeaders(log: Logger, { code, message, reason }: RefusedHeaders, sourceId: string): FailedTry {
  log.error({ sourceId, reason }, "a source cannot be collected with its headers");
  return { failure: { code, message, httpStatus: null }, retryable: false };
}

/**
 * What becomes of an attempt that threw.
 * @throws What the database threw where the source's site was to be asked: that is not the source's fault.
 */
export function failTry(log: Logger, error: unknown, source: PendingSource): FailedTry {
  if (isMannersError(error)) throw error.cause;
  if (isCollectError(error)) {
    const { code, message, httpStatus = null, retryable, retryAfterMs } = error;
    return { failure: { code, message, httpStatus }, retryable, retryAfterMs };
  }
  log.error({ err: error, sourceId: source.sourceId }, "a collector failed in a way it should not");
  const message = "Milkrun could not read this source because of an error of its own. Nothing of it was stored. The server's log has the details.";
  return { failure: { code: "internal", message, httpStatus: null }, retryable: false };
}
