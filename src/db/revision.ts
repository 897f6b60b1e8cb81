import { createHash } from "node:crypto";
import { AppError } from "@/domain/errors";

/** Stands for what a person can change of a thing: equal contents have the same revision, others another one. */
export function revisionOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 16);
}

/**
 * Nobody replaces what they have not seen. Whoever states no revision replaces whatever there is.
 * @param seen the revision that the change is based on
 * @throws AppError `version_conflict` when something else is stored by now.
 */
export function requireSeen(seen: string | undefined, stored: { name: string; revision: string }): void {
  if (seen === undefined || seen === stored.revision) return;
  throw new AppError(
    "version_conflict",
    `“${stored.name}” has changed since you opened it. Your change is not saved. Look at what is stored, then save again.`,
    { currentRevision: stored.revision },
  );
}
