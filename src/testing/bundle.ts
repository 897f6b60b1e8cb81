import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** Where a bundle finds the project's packages. */
const CACHE = "node_modules/.cache/milkrun-tests";

/**
 * Bundles a piece of TypeScript into a file that plain Node runs: for tests that need a process of their own. The file is there as a whole or
 * not at all: one process may begin to read it while the same is bundled again for the next.
 * @param name Tells apart what several test files bundle at once.
 */
export async function bundle(name: string, contents: string): Promise<string> {
  const outfile = path.resolve(CACHE, `${name}.mjs`);
  const unfinished = `${outfile}.${randomUUID()}`;
  await build({
    stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
    outfile: unfinished,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "silent",
    tsconfig: "tsconfig.json",
  });
  await fs.rename(unfinished, outfile);
  return outfile;
}
