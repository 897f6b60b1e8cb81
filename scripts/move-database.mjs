// `npm run database:move`: everything in Milkrun's own PostgreSQL goes to one of yours.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate, build);

process.env.NODE_ENV = "production";
const { moveDatabase } = await import(pathToFileURL(path.join(root, "dist/move-database.mjs")).href);
await moveDatabase(process.argv.slice(2));
