import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ENTRY = path.resolve(process.cwd(), "src/collectors/sandbox-child.ts");
const OUT_DIRECTORY = path.resolve(process.cwd(), "node_modules/.cache/milkrun");

/** Bundles the entry of the sandbox's processes as the build does (scripts/build-server.mjs) and gives the path of the runnable file; the same text is written once. */
export async function bundleSandboxChild(): Promise<string> {
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  const { outputFiles } = await build({ entryPoints: [ENTRY], bundle: true, platform: "node", format: "esm", banner, legalComments: "none", write: false });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  const file = path.join(OUT_DIRECTORY, `sandbox-child-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(OUT_DIRECTORY, { recursive: true });
  // Test files run at the same time: renaming makes the file appear whole or not at all.
  const draft = `${file}.${process.pid}.${performance.now()}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
  return file;
}
