// `npm run dev`: pages reload by themselves; a change of the server bundles and restarts it.
import { spawn } from "node:child_process";
import { onceNpmIsGone } from "./running-steps.mjs";
import { generate, getReady, install } from "./steps.mjs";

await getReady(install, generate);

const { context } = await import("esbuild");
const { serverBuild } = await import("./build-server.mjs");

let child;
let stopping = false;

async function stop() {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}

async function restart() {
  await stop();
  if (stopping) return;
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  child = spawn(process.execPath, ["--enable-source-maps", "dist/dev/server.mjs"], { stdio: "inherit", env });
}

const settings = serverBuild({ mode: "development", outdir: "dist/dev" });
const bundler = await context({
  ...settings,
  plugins: [...settings.plugins, { name: "restart", setup: (build) => build.onEnd((result) => (result.errors.length > 0 ? undefined : restart())) }],
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
// A terminal that is closed takes no more lines: no reason to leave the server behind.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
onceNpmIsGone(end);
await bundler.watch();

async function end() {
  if (stopping) return;
  stopping = true;
  await bundler.dispose();
  await stop();
  process.exit(0);
}
