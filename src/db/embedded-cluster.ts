import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { StartError } from "@/config/start-error";
import type { Layout } from "./embedded-layout";
import { isAlive } from "./embedded-process";

const execute = promisify(execFile);

/** The bootstrap superuser: migrations run as it, nothing else does. */
export const OWNER_ROLE = "milkrun_owner";

/** PostgreSQL's programs must not follow the PG… variables of the person's shell, nor their locale. */
export function postgresProcess(layout: Layout) {
  return {
    // NODE_ENV means nothing to PostgreSQL; Next declares it as always there.
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" as const },
    cwd: "/",
    ...(layout.user ? { uid: layout.user.uid, gid: layout.user.gid } : {}),
  };
}

/**
 * Makes the cluster unless it exists. An interrupted attempt leaves nothing that looks like a cluster, and of two
 * processes that try at once one wins.
 * @param fast For tests: no durability.
 * @throws StartError with what initdb said.
 */
export async function ensureCluster(layout: Layout, password: string, fast: boolean): Promise<void> {
  if (fs.existsSync(path.join(layout.clusterDir, "PG_VERSION"))) return;
  removeAbandonedDrafts(layout.clusterDir);
  const draft = `${layout.clusterDir}.init-${process.pid}`;
  const passwordFile = `${draft}.password`;
  try {
    fs.mkdirSync(draft, { mode: 0o700 });
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    if (layout.user) for (const file of [draft, passwordFile]) fs.chownSync(file, layout.user.uid, layout.user.gid);
    await initdb(layout, draft, passwordFile, fast);
    claimName(draft, layout.clusterDir);
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function initdb(layout: Layout, draft: string, passwordFile: string, fast: boolean): Promise<void> {
  const login = ["-U", OWNER_ROLE, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  // The built-in locale sorts the same on every system.
  const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  try {
    await execute(path.join(layout.binDir, "initdb"), ["-D", draft, ...login, ...locale, ...(fast ? ["--no-sync"] : [])], postgresProcess(layout));
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    const said = findReason(stderr || message);
    throw new StartError(
      `PostgreSQL could not make its database in ${path.dirname(layout.clusterDir)}: ${said}. Check the folder's rights and free space, or set DATABASE_URL.`,
      {
        cause,
      },
    );
  }
}

function claimName(draft: string, clusterDir: string): void {
  try {
    fs.renameSync(draft, clusterDir);
  } catch (error) {
    // Another process was faster; its cluster has the same password, which comes from the data directory.
    if (!fs.existsSync(path.join(clusterDir, "PG_VERSION"))) throw error;
  }
}

function removeAbandonedDrafts(clusterDir: string): void {
  const prefix = `${path.basename(clusterDir)}.init-`;
  for (const name of fs.readdirSync(path.dirname(clusterDir))) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid === process.pid || !isAlive(pid)) fs.rmSync(path.join(path.dirname(clusterDir), name), { recursive: true, force: true });
  }
}

/** The line of what initdb said that tells why it failed: what it cleans up, and how its child ended, come after it. */
export function findReason(said: string): string {
  const lines = said.trim().split("\n");
  const reason = lines.find((line) => /\b(error|fatal|panic): /i.test(line)) ?? lines.at(-1) ?? "";
  return reason.replace(/^.*?\b(error|fatal|panic): +/i, "").replace(/\.$/, "");
}
