// Bundles what Next does not build: the custom server, the cluster, the operator's commands, and the child process that reads strangers' documents.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Shared pieces are named after what is in them: those of earlier builds would stay for ever. */
const removeOldChunks = (outdir) => ({
  name: "remove-old-chunks",
  setup: (build) =>
    build.onEnd(({ metafile }) => {
      if (!metafile) return;
      const wanted = new Set(Object.keys(metafile.outputs).map((file) => path.basename(file)));
      const chunks = fs.readdirSync(outdir).filter((name) => /-[A-Z0-9]{8}\.mjs(\.map)?$/.test(name));
      for (const name of chunks) if (!wanted.has(name)) fs.rmSync(path.join(outdir, name), { force: true });
    }),
});

const sandboxChild = { "sandbox-child": "src/collectors/sandbox-child.ts" };

/**
 * @param {{ mode: "production" | "development"; outdir: string }} options
 * @returns {import("esbuild").BuildOptions}
 */
export const serverBuild = ({ mode, outdir }) => ({
  entryPoints: {
    server: "src/server.ts",
    cluster: "src/cluster.ts",
    "rotate-secrets": "src/rotate-secrets.ts",
    "password-reset": "src/password-reset.ts",
    "move-database": "src/move-database.ts",
    // Developing, the child is watched together with the server.
    ...(mode === "development" ? sandboxChild : {}),
  },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // What is loaded when it is needed stays apart, and what several need is there once.
  splitting: true,
  metafile: true,
  plugins: [removeOldChunks(outdir)],
  // Packages stay in node_modules, where Next's bundles find the same copies.
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": JSON.stringify(mode) },
});

/**
 * The child process, with its packages in one file: it starts anew whenever a document ended it, and finding the packages takes longer than
 * everything else about that.
 * @param {{ outdir: string }} options
 * @returns {import("esbuild").BuildOptions}
 */
const sandboxBuild = ({ outdir }) => ({
  entryPoints: sandboxChild,
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Some packages still call require.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  legalComments: "external",
  logLevel: "warning",
});

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? "")).href) {
  await Promise.all([build(serverBuild({ mode: "production", outdir: "dist" })), build(sandboxBuild({ outdir: "dist" }))]);
}
