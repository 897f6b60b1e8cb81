// How a suite of `npm test` went.
/** @typedef {{ passed: number; failed: number; skipped: number; failures: { where: string; why: string }[] }} Result */

export const PASSED = { passed: 1, failed: 0, skipped: 0, failures: [] };

/** @returns {Result} Of what failed as a whole. */
export const failedBecause = (why, where = "As a whole") => ({ passed: 0, failed: 1, skipped: 0, failures: [{ where, why }] });

/** @returns {Result} */
export const together = (results) => ({
  passed: sumOf(results, "passed"),
  failed: sumOf(results, "failed"),
  skipped: sumOf(results, "skipped"),
  failures: results.flatMap((result) => result.failures),
});

const sumOf = (results, key) => results.reduce((sum, result) => sum + result[key], 0);
