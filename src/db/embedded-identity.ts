import fs from "node:fs";
import path from "node:path";
import { StartError } from "@/config/start-error";

/** The system user that PostgreSQL runs as. */
export interface Identity {
  uid: number;
  gid: number;
  name: string;
}

/**
 * PostgreSQL refuses to run as root. As root, this is the user to run it as; otherwise undefined: as ourselves.
 * An existing cluster decides: its owner is the only one who may run it.
 */
export function choosePostgresUser(clusterDir: string): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = fs.statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const users = new Map(readUsers().map((user) => [user.name, user]));
  // initdb needs an entry in passwd for the user it runs as, so it has to be a named one.
  const user = users.get("postgres") ?? users.get("nobody") ?? users.get("daemon");
  if (!user)
    throw new StartError("PostgreSQL does not run as root and there is no user postgres, nobody or daemon: run Milkrun as another user, or set DATABASE_URL.");
  return user;
}

function readUsers(): Identity[] {
  return fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** Whether the user may enter every folder on the way to `dir`; folders that don't exist yet count as enterable. */
export function canReach(user: Identity, dir: string): boolean {
  for (let current = path.resolve(dir); ; current = path.dirname(current)) {
    const stat = fs.statSync(current, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
      if (!(stat.mode & bit)) return false;
    }
    if (current === path.dirname(current)) return true;
  }
}

/** Makes a folder, and those above it that are not there, so that every user may enter them, whatever the umask says. What is there stays as it is. */
export function makeEnterable(dir: string): void {
  const first = fs.mkdirSync(dir, { recursive: true });
  if (first === undefined) return;
  for (let made = dir; made.length >= first.length; made = path.dirname(made)) fs.chmodSync(made, 0o755);
}
