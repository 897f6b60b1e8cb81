import { isGoing } from "./going";

/** A page's tabs and filters differ in what follows the path. */
export function currentAddress(): string {
  return window.location.pathname + window.location.search;
}

/**
 * Notes where the reader is, for what answers later: the function that it returns says whether they are still there, and not on the way
 * elsewhere. Whoever has left is not called back.
 */
export function notePlace(): () => boolean {
  const noted = currentAddress();
  return () => !isGoing() && currentAddress() === noted;
}
