// `npm run soak -- --minutes 10`: the real build under load while its processes and its database are killed at random.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate, build);

const { build: bundle } = await import("esbuild");
const { serverBuild } = await import("./build-server.mjs");
const outdir = path.join(root, "node_modules/.cache/milkrun-soak");
await bundle({ ...serverBuild({ mode: "production", outdir }), entryPoints: { soak: "src/testing/soak/soak.ts" } });
const { runSoak } = await import(pathToFileURL(path.join(outdir, "soak.mjs")).href);
try {
  process.exit(await runSoak(process.argv.slice(2), path.join(root, "dist/server.mjs")));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
