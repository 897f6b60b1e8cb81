// What `npm start` would do before it starts Milkrun, for whoever builds once and starts elsewhere (see Dockerfile).
import { build, generate, getReady, install } from "./steps.mjs";

await getReady(install, generate, build);
