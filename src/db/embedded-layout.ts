import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { StartError } from "@/config/start-error";
import { copyBinaries, findBinaries } from "./embedded-binaries";
import { canReach, choosePostgresUser, type Identity } from "./embedded-identity";

/** Clusters of different major versions don't read each other's files. */
const CLUSTER = "pg18";

/** Where one private cluster lives and who runs it. */
export interface Layout {
  /** Holds PostgreSQL's programs. */
  binDir: string;
  clusterDir: string;
  logFile: string;
  /** PostgreSQL's system user when it is not ours. */
  user: Identity | undefined;
}

/**
 * Decides where the cluster of a data directory lives: inside it, or, when we are root in a folder that PostgreSQL's
 * user cannot enter (a checkout in /root), below `relocationDir`.
 * @throws StartError when an existing cluster cannot be used by us.
 */
export function chooseLayout(dataDir: string, relocationDir: string): Layout {
  const binaries = findBinaries();
  const relocated = path.join(relocationDir, shortHash(dataDir));
  // A cluster that exists stays where it is, even when the folder's permissions have changed since.
  const home = hasCluster(relocated) && !hasCluster(dataDir) ? relocated : dataDir;
  const user = choosePostgresUser(path.join(home, CLUSTER));
  refuseForeignCluster(path.join(home, CLUSTER));
  if (user && home === dataDir && !canReach(user, dataDir)) {
    if (hasCluster(dataDir))
      throw new StartError(`PostgreSQL's user (${user.name}) may not enter ${dataDir}: allow it with chmod o+x on that folder and those above it.`);
    return layoutAt(relocated, copyBinaries(binaries, relocationDir), user);
  }
  const reachable = !user || canReach(user, binaries);
  return layoutAt(home, reachable ? binaries : copyBinaries(binaries, relocationDir), user);
}

function layoutAt(home: string, binaries: string, user: Identity | undefined): Layout {
  fs.mkdirSync(home, { recursive: true });
  return { binDir: path.join(binaries, "native", "bin"), clusterDir: path.join(home, CLUSTER), logFile: path.join(home, "postgres.log"), user };
}

function hasCluster(home: string): boolean {
  return fs.existsSync(path.join(home, CLUSTER, "PG_VERSION"));
}

function refuseForeignCluster(clusterDir: string): void {
  const owner = fs.statSync(clusterDir, { throwIfNoEntry: false })?.uid;
  const me = process.getuid?.();
  if (owner === undefined || me === undefined || me === 0 || owner === me) return;
  throw new StartError(
    `The database in ${clusterDir} belongs to another system user (uid ${owner}): start Milkrun as that user or as root, or set MILKRUN_DATA_DIR.`,
  );
}

/**
 * A private folder for the socket. Not inside the data directory: the path of a socket may have 107 bytes at most.
 * @throws StartError when somebody else made it.
 */
export function makeSocketDir({ clusterDir, user }: Layout): string {
  const dir = path.join(os.tmpdir(), `milkrun-${shortHash(clusterDir)}`);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stat = fs.lstatSync(dir);
  if (!stat.isDirectory() || (stat.uid !== process.getuid?.() && stat.uid !== user?.uid)) {
    throw new StartError(`${dir} belongs to somebody else, so Milkrun's PostgreSQL cannot put its socket there: remove it, or set TMPDIR.`);
  }
  if (user) fs.chownSync(dir, user.uid, user.gid);
  return dir;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
