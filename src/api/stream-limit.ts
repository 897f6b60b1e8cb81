import { AppError } from "@/domain/errors";

const MOST_STREAMS = 5;

/** Open streams of this process, by person or API key. */
const openStreams = new Map<string, number>();

/**
 * Counts a live stream of this person or API key until the returned function is called.
 * @throws AppError `rate_limited` when they have 5 open.
 */
export function openStream(ownerId: string): () => void {
  const open = openStreams.get(ownerId) ?? 0;
  if (open >= MOST_STREAMS) {
    throw new AppError("rate_limited", `You have ${MOST_STREAMS} live pages open, so this one does not follow along. Close one and reload.`);
  }
  openStreams.set(ownerId, open + 1);
  return () => {
    const left = (openStreams.get(ownerId) ?? 1) - 1;
    if (left > 0) openStreams.set(ownerId, left);
    else openStreams.delete(ownerId);
  };
}
