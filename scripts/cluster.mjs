// `npm run cluster -- --web 2 --worker 3`: Milkrun as several processes of this machine.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate, build);

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";
const { runCluster } = await import(pathToFileURL(path.join(root, "dist/cluster.mjs")).href);
await runCluster(process.argv.slice(2), process.env);
