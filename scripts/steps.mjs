// What must have happened before Milkrun can run, shared by `npm start`, `npm run dev` and `npm test`.
// Only Node's own modules: node_modules may not exist yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endTogether, endWhenTold } from "./running-steps.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_NODE = [20, 19];
const LAST_LINES = 40;

/** Something that the person has to put right; its message is all they see. */
export class StepError extends Error {}

/** Runs steps in their order and ends the process when one fails. */
export async function getReady(...steps) {
  process.chdir(root);
  const release = endWhenTold();
  try {
    for (const run of [checkNode, ...steps]) await run();
    release();
  } catch (error) {
    console.error(error instanceof StepError ? error.message : (describeFileError(error) ?? error));
    process.exit(1);
  }
}

const FILE_REASONS = {
  EACCES: "this user may not: start it as the user that the folder belongs to, or give it the right to write there",
  EPERM: "this user may not: start it as the user that the folder belongs to, or give it the right to write there",
  EROFS: "the file system is read-only: install and build where it can be written to, with node scripts/build.mjs",
  ENOSPC: "the disk is full: make room",
};

/** What the system says of a file that the person has to put right; null for everything else. */
function describeFileError({ code, path: file }) {
  return FILE_REASONS[code] && file ? `Milkrun cannot change ${file}: ${FILE_REASONS[code]}.` : null;
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new StepError(`Milkrun needs Node.js ${OLDEST_NODE.join(".")} or newer, this is ${process.version}: install a newer one from https://nodejs.org.`);
}

/** Runs a Node program in view of the person. */
export function runInView(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: "inherit" });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

/** Runs a command without showing its output; what it said last is returned for the case that it failed. */
export function runQuietly([command, ...args], env = {}) {
  return new Promise((resolve) => {
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-100_000);
    };
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    endTogether(child);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output: output.trimEnd().split("\n").slice(-LAST_LINES).join("\n") }));
  });
}

export const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** One visible step of getting ready. */
async function step(title, advice, commands, env) {
  const startedMs = performance.now();
  process.stdout.write(`${title} … `);
  for (const command of commands) {
    const { ok, output } = await runQuietly(command, env);
    if (ok) continue;
    process.stdout.write("failed\n");
    throw new StepError(`${output}\n\n${title} failed: ${advice}`);
  }
  process.stdout.write(`${seconds(startedMs)}\n`);
}

const bin = (file) => [process.execPath, path.join("node_modules", file)];

// The npm that runs us, else the one in the path: on some systems the two differ.
const npm = () => (process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"]);

/** Installs the locked packages unless exactly they are there. */
export async function install() {
  if (isInstalled()) return;
  await step("Installing packages", "check that this machine reaches the npm registry and that no other npm is at work in this folder, then try again.", [
    // The development packages build the program, whatever NODE_ENV says; no package needs its install script.
    [...npm(), "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
  ]);
}

/** npm writes down what it installed as its last act, so an interrupted installation counts as none. */
function isInstalled() {
  const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), "utf8")).packages;
  try {
    const installed = read("node_modules/.package-lock.json");
    const wanted = Object.entries(read("package-lock.json"));
    // Optional packages are those of other platforms.
    return wanted.every(([name, { version, optional }]) => name === "" || optional || installed[name]?.version === version);
  } catch {
    return false;
  }
}

export async function generate() {
  await once("src/generated/.stamp", ["package-lock.json", "prisma/schema.prisma", "prisma.config.ts"], () =>
    step("Generating the database client", "the lines above say why.", [[...bin("prisma/build/index.js"), "generate"]]),
  );
}

const SOURCES = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "next.config.js",
  "postcss.config.mjs",
  "scripts/build-server.mjs",
  "prisma/schema.prisma",
  "public",
  "src",
];

export async function build() {
  await once("dist/.stamp", SOURCES, () =>
    step(
      "Building",
      "the lines above say why.",
      [
        [...bin("next/dist/bin/next"), "build"],
        [process.execPath, "scripts/build-server.mjs"],
      ],
      { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    ),
  );
}

/** Does the work unless it was done for these very inputs. The stamp is written last: an interrupted step is repeated. */
async function once(stamp, inputs, work) {
  const file = path.join(root, stamp);
  const key = hash(inputs);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === key) return;
  fs.rmSync(file, { force: true });
  await work();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, key);
}

function hash(inputs) {
  const digest = createHash("sha256").update(process.version);
  for (const file of inputs.flatMap(listFiles)) digest.update(`\0${file}\0`).update(fs.readFileSync(path.join(root, file)));
  return digest.digest("hex");
}

/** All files below a path that end up in the program, in a fixed order. */
function listFiles(entry) {
  if (/(^|\/)(generated|testing)$|\.test\.tsx?$/.test(entry)) return [];
  const stat = fs.statSync(path.join(root, entry), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat ? [entry] : [];
  return fs
    .readdirSync(path.join(root, entry))
    .sort()
    .flatMap((name) => listFiles(`${entry}/${name}`));
}
