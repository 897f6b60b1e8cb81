// `npm run bench`: bundles the measured programs and measures.
import fs from "node:fs";
import path from "node:path";
import { generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate);

const { build } = await import("esbuild");
const outdir = path.join(root, "node_modules/.cache/milkrun-bench");
const programs = (folder) => fs.readdirSync(path.join(root, "bench", folder)).filter((file) => file.endsWith(".ts"));
const named = (folder) => programs(folder).map((file) => [path.basename(file, ".ts"), path.join("bench", folder, file)]);

await build({
  entryPoints: { main: "bench/main.ts", ...Object.fromEntries([...named("programs"), ...named("peers")]) },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
});

const { bench } = await import(path.join(outdir, "main.mjs"));
process.exitCode = await bench(process.argv.slice(2), process.env.BENCH_DATABASE_URL ?? null);
