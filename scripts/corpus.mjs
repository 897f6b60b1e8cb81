// `npm run corpus`: how much of the corpus of real documents is read as other projects expect.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate);

const { build } = await import("esbuild");
const outfile = path.join(root, "node_modules/.cache/milkrun-corpus/corpus.mjs");
await build({
  entryPoints: ["src/testing/corpus/corpus-table.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
});
const { printCorpusTable } = await import(pathToFileURL(outfile).href);
process.exitCode = await printCorpusTable((text) => process.stdout.write(`${text}\n`));
