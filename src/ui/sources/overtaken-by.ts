import { appErrorOf } from "@/ui/error-message";

/** The revision that somebody else stored since a form was opened, where a save was refused for it; else undefined. */
export function overtakenBy(error: unknown): string | undefined {
  return appErrorOf(error)?.details.currentRevision;
}
