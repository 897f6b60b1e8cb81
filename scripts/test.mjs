// `npm test`: everything that must hold, from a fresh clone, ending with what failed and one line of totals.
import { generate, getReady, install, StepError, seconds } from "./steps.mjs";
import { failedBecause, together } from "./test-result.mjs";

process.env.NEXT_TELEMETRY_DISABLED ??= "1";
await getReady(install, generate);

const { removeReports, suites } = await import("./test-suites.mjs");
const results = [];

for (const [title, suite] of suites) {
  const startedMs = performance.now();
  console.log(`\n▸ ${title}`);
  const result = await suite().catch((error) => failedBecause(error instanceof StepError ? error.message : error.stack));
  results.push({ title, ...result });
  console.log(`▸ ${title}: ${result.failed > 0 ? "failed" : "passed"} in ${seconds(startedMs)}`);
}

removeReports();
// Whoever sees only the end of a long output must know what to look for.
for (const { title, failures } of results) {
  for (const { where, why } of failures) console.log(`\n✗ ${title} › ${where}\n${why.replaceAll(/^/gm, "    ")}`);
}
const { passed, failed, skipped } = together(results);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 ? 1 : 0);
