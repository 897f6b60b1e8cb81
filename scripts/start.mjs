// `npm start`: from a fresh clone to a running Milkrun.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate, build);

// In this very process: signals, the exit code and Ctrl-C need no forwarding.
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";
await import(pathToFileURL(path.join(root, "dist/server.mjs")).href);
