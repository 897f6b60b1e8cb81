// `npm run secrets:rotate`: a new key for what is stored encrypted, while Milkrun runs or while it does not.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate, build);

process.env.NODE_ENV = "production";
const { rotateSecrets } = await import(pathToFileURL(path.join(root, "dist/rotate-secrets.mjs")).href);
await rotateSecrets(process.argv.slice(2));
