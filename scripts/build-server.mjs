// Bundles what Next does not build: the custom server, and the child process that reads strangers' documents.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * @param {{ mode: "production" | "development"; outdir: string }} options
 * @returns {import("esbuild").BuildOptions}
 */
export const serverBuild = ({ mode, outdir }) => ({
  entryPoints: { server: "src/server.ts", "sandbox-child": "src/collectors/sandbox-child.ts" },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Packages stay in node_modules, where Next's bundles find the same copies.
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": JSON.stringify(mode) },
});

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? "")).href) await build(serverBuild({ mode: "production", outdir: "dist" }));
