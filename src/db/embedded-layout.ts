import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { StartError } from "@/config/start-error";
import { copyBinaries, findBinaries } from "./embedded-binaries";
import { canReach, choosePostgresUser, type Identity, makeEnterable } from "./embedded-identity";

/** The system limits the path of a socket to 107 bytes, macOS to 103 (`sun_path`). */
const LONGEST_SOCKET_DIR = 103 - "/.s.PGSQL.5432".length;

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
  const existing = [dataDir, relocated].find(hasCluster);
  const user = choosePostgresUser(path.join(existing ?? dataDir, CLUSTER));
  refuseForeignCluster(path.join(existing ?? dataDir, CLUSTER));
  const home = existing ?? (user && !canReach(user, dataDir) ? relocated : dataDir);
  const reachable = !user || canReach(user, binaries);
  if (user) for (const folder of reachable ? [home] : [home, relocationDir]) refuseClosedFolder(user, folder);
  makeEnterable(home);
  const binDir = path.join(reachable ? binaries : copyBinaries(binaries, relocationDir), "native", "bin");
  return { binDir, clusterDir: path.join(home, CLUSTER), logFile: path.join(home, "postgres.log"), user };
}

function refuseClosedFolder(user: Identity, folder: string): void {
  if (canReach(user, folder)) return;
  throw new StartError(`PostgreSQL's user (${user.name}) may not enter ${folder}: allow it with chmod o+x on that folder and those above it.`);
}

function hasCluster(home: string): boolean {
  return fs.existsSync(path.join(home, CLUSTER, "PG_VERSION"));
}

function refuseForeignCluster(clusterDir: string): void {
  const owner = fs.statSync(clusterDir, { throwIfNoEntry: false })?.uid;
  const me = process.getuid?.();
  if (owner === undefined || me === undefined || me === 0 || owner === me) return;
  throw new StartError(
    `The database in ${clusterDir} belongs to another system user (uid ${owner}): start Milkrun as that user or as root, set MILKRUN_DATA_DIR, or hand all of it over while no Milkrun uses it, as root: chown -R ${me} ${path.dirname(clusterDir)}`,
  );
}

/**
 * A private folder for the socket. Not inside the data directory, whose path may be too long for a socket, as may be that of TMPDIR.
 * @throws StartError when somebody else made it.
 */
export function makeSocketDir({ clusterDir, user }: Layout): string {
  const name = `milkrun-${shortHash(clusterDir)}`;
  const dir = path.join([os.tmpdir(), "/tmp"].find((folder) => canHoldSocket(path.join(folder, name), user)) ?? "/tmp", name);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stat = fs.lstatSync(dir);
  if (!stat.isDirectory() || (stat.uid !== process.getuid?.() && stat.uid !== user?.uid)) {
    throw new StartError(`${dir} belongs to somebody else, so Milkrun's PostgreSQL cannot put its socket there: remove it, or set TMPDIR.`);
  }
  if (user) fs.chownSync(dir, user.uid, user.gid);
  return dir;
}

/** A comma would be the end of the folder for PostgreSQL. As root, a TMPDIR of root's own (pam_tmpdir) is nothing for its user. */
function canHoldSocket(dir: string, user: Identity | undefined): boolean {
  const isThere = fs.statSync(path.dirname(dir), { throwIfNoEntry: false })?.isDirectory();
  return Boolean(isThere) && Buffer.byteLength(dir) <= LONGEST_SOCKET_DIR && !dir.includes(",") && (!user || canReach(user, path.dirname(dir)));
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
