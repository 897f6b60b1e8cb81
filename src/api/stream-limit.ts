import { AppError } from "@/domain/errors";

/** Counts what this process sends to each person or API key until the function that it returns is called, once or several times. */
type OpenStream = (ownerId: string) => () => void;

const MOST_LIVE = 5;
const MOST_EXPORTS = 3;

/** @throws AppError `rate_limited` when they have 5 live pages open. */
export const openStream = limitedTo(MOST_LIVE, `You have ${MOST_LIVE} live pages open, so this one does not follow along. Close one and reload.`);

/** @throws AppError `rate_limited` when 3 of their exports are being sent. */
export const openExportStream = limitedTo(
  MOST_EXPORTS,
  `${MOST_EXPORTS} of your exports are still being sent, so this one did not start. Wait for one to end.`,
);

function limitedTo(most: number, message: string): OpenStream {
  const streams = new Map<string, number>();
  return (ownerId) => {
    const open = streams.get(ownerId) ?? 0;
    if (open >= most) throw new AppError("rate_limited", message);
    streams.set(ownerId, open + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (streams.get(ownerId) ?? 1) - 1;
      if (left > 0) streams.set(ownerId, left);
      else streams.delete(ownerId);
    };
  };
}
