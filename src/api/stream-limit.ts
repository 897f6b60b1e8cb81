import { AppError } from "@/domain/errors";

const MOST_STREAMS = 5;

/** Open streams of this process, by person. */
const openStreams = new Map<string, number>();

/**
 * Counts a live stream of this person until the returned function is called.
 * @throws AppError `rate_limited` when they have 5 open.
 */
export function openStream(userId: string): () => void {
  const open = openStreams.get(userId) ?? 0;
  if (open >= MOST_STREAMS) {
    throw new AppError("rate_limited", `You have ${MOST_STREAMS} live pages open, so this one does not follow along. Close one and reload.`);
  }
  openStreams.set(userId, open + 1);
  return () => {
    const left = (openStreams.get(userId) ?? 1) - 1;
    if (left > 0) openStreams.set(userId, left);
    else openStreams.delete(userId);
  };
}
