// Which browser tests go to which server.

/** How many seconds those take that are not quick, on two cores. A wrong number costs balance and nothing else. */
const SECONDS = {
  "crash.spec.ts": 105,
  "pages.spec.ts": 90,
  "schedule-when.spec.ts": 60,
  "schedule-preview.spec.ts": 60,
  "round.spec.ts": 55,
  "schedule-control.spec.ts": 50,
  "run-detail.spec.ts": 45,
  "shell.spec.ts": 40,
  "run-list.spec.ts": 40,
  "schedule-form.spec.ts": 40,
  "schedule-save-bar.spec.ts": 25,
  "system.spec.ts": 40,
};
const QUICK = 20;
/** What the first server has before it: it is claimed in the browser. */
const CLAIM = 35;

/**
 * Deals files so that no server has much more to do than another: the longest first, each to whichever has least.
 * @param {readonly string[]} files their names
 * @param {number} count of servers
 * @returns {string[][]}
 */
export function dealSpecs(files, count) {
  const hands = Array.from({ length: count }, (_, index) => ({ seconds: index === 0 ? CLAIM : 0, files: [] }));
  const secondsOf = (file) => SECONDS[file] ?? QUICK;
  for (const file of files.toSorted((a, b) => secondsOf(b) - secondsOf(a) || a.localeCompare(b))) {
    const hand = hands.reduce((least, other) => (other.seconds < least.seconds ? other : least));
    hand.files.push(file);
    hand.seconds += secondsOf(file);
  }
  return hands.map((hand) => hand.files);
}
