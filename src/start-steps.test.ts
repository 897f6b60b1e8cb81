import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** In place of npm: says its process id, and installs for ever. */
const NPM = `require("node:fs").writeFileSync("npm-pid", String(process.pid)); setInterval(() => {}, 1000);`;

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-steps-"));
  fs.cpSync("scripts", path.join(folder, "scripts"), { recursive: true });
  fs.writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify({ packages: { "node_modules/pg": { version: "1.0.0" } } }));
  fs.writeFileSync(path.join(folder, "npm.js"), NPM);
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

/** Installs in the folder as `npm start` does, below a shell as npm has one; resolves when the installation has begun. */
async function beginInstalling(): Promise<{ shell: ChildProcess; steps: number; npm: number }> {
  const shell = spawn("sh", ["-c", '"$0" scripts/build.mjs & echo $!; wait $!; exit $?', process.execPath], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, NODE_ENV: "test", npm_execpath: path.join(folder, "npm.js"), npm_lifecycle_event: "start" },
  });
  const [steps] = (await once(createInterface({ input: shell.stdout }), "line")) as [string];
  const npm = await vi.waitUntil(() => Number(readIfThere(path.join(folder, "npm-pid"))), { timeout: 10_000 });
  return { shell, steps: Number(steps), npm };
}

function readIfThere(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** A process that ended and that nobody has asked for its exit code is gone, too. */
function isGone(pid: number): boolean {
  return !/^State:\s+[^Z]/m.test(readIfThere(`/proc/${pid}/status`));
}

const ends = (pid: number) => vi.waitUntil(() => isGone(pid), { timeout: 10_000 });

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const)("a start that is told to end by %s while it installs ends with its installation", async (signal, code) => {
  const { shell, steps, npm } = await beginInstalling();
  expect([isGone(steps), isGone(npm)]).toEqual([false, false]);
  process.kill(steps, signal);
  expect(await once(shell, "exit")).toEqual([code, null]);
  await ends(npm);
});

test("a start whose npm is killed ends with its installation, instead of serving when nobody expects it", async () => {
  const { shell, steps, npm } = await beginInstalling();
  shell.kill("SIGKILL");
  await ends(steps);
  await ends(npm);
});

test.runIf(process.getuid?.() === 0)("a folder that somebody else built is told as that, in one sentence", () => {
  fs.mkdirSync(path.join(folder, "node_modules"));
  fs.copyFileSync(path.join(folder, "package-lock.json"), path.join(folder, "node_modules", ".package-lock.json"));
  fs.mkdirSync(path.join(folder, "src/generated"), { recursive: true });
  fs.writeFileSync(path.join(folder, "src/generated/.stamp"), "of another version");
  fs.chmodSync(folder, 0o755);
  const { stderr, status } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: folder, uid: 65_534, gid: 65_534, encoding: "utf8" });
  expect(stderr).toBe(
    `Milkrun cannot change ${path.join(folder, "src/generated/.stamp")}: this user may not: start it as the user that the folder belongs to, or give it the right to write there.\n`,
  );
  expect(status).toBe(1);
});
