// `npm run password:reset -- ada@example.org`: a link by which this person chooses a new password.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, generate, getReady, install, root } from "./steps.mjs";

await getReady(install, generate, build);

await import(pathToFileURL(path.join(root, "dist/password-reset.mjs")).href);
