// Which browser tests go to which server.

/** How many seconds those take that are not quick, on two cores. A wrong number costs balance and nothing else. */
const SECONDS = {
  "pages.spec.ts": 220,
  "crash.spec.ts": 95,
  "schedule-when.spec.ts": 90,
  "schedule-preview.spec.ts": 70,
  "schedule-form.spec.ts": 65,
  "round.spec.ts": 65,
  "schedule-control.spec.ts": 55,
  "system.spec.ts": 45,
};
const QUICK = 20;

/**
 * Deals files so that no server has much more to do than another: the longest first, each to whichever has least.
 * @param {readonly string[]} files their names
 * @param {number} count of servers
 * @returns {string[][]}
 */
export function dealSpecs(files, count) {
  const hands = Array.from({ length: count }, () => ({ seconds: 0, files: [] }));
  const secondsOf = (file) => SECONDS[file] ?? QUICK;
  for (const file of files.toSorted((a, b) => secondsOf(b) - secondsOf(a) || a.localeCompare(b))) {
    const hand = hands.reduce((least, other) => (other.seconds < least.seconds ? other : least));
    hand.files.push(file);
    hand.seconds += secondsOf(file);
  }
  return hands.map((hand) => hand.files);
}
