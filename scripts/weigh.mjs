// `npm run weigh`: what the Schedule page costs whoever opens it for the first time.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findChromium } from "./chromium.mjs";
import { build, generate, getReady, install, runInView } from "./steps.mjs";

await getReady(install, generate, build);
const chromium = await findChromium();
if ("missing" in chromium) {
  console.error(chromium.missing);
  process.exit(1);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-weigh-"));
// PostgreSQL's user must be able to enter it when we are root.
fs.chmodSync(folder, 0o755);
const ok = await runInView(["node_modules/@playwright/test/cli.js", "test", "e2e/weight.spec.ts"], {
  CHROMIUM_PATH: chromium.path,
  E2E_DATA_DIR: path.join(folder, "data"),
});
fs.rmSync(folder, { recursive: true, force: true });
process.exitCode = ok ? 0 : 1;
