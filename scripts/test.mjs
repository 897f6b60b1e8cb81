// `npm test`: everything that must hold, from a fresh clone, ending with one line of totals.
import { generate, getReady, install, StepError, seconds } from "./steps.mjs";

process.env.NEXT_TELEMETRY_DISABLED ??= "1";
await getReady(install, generate);

const { removeReports, suites } = await import("./test-suites.mjs");
const totals = { passed: 0, failed: 0, skipped: 0 };

for (const [title, suite] of suites) {
  const startedMs = performance.now();
  console.log(`\n▸ ${title}`);
  const result = await suite().catch((error) => {
    console.error(error instanceof StepError ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  for (const key of Object.keys(totals)) totals[key] += result[key];
  console.log(`▸ ${title}: ${result.failed > 0 ? "failed" : "passed"} in ${seconds(startedMs)}`);
}

removeReports();
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 ? 1 : 0);
