import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Env } from "./env";

/**
 * Reads the secret in a file, or makes a new one (256 bits, base64url, unless `make` says otherwise) that only its owner can read.
 * Several processes may ask at once; all get the same one.
 */
export function readOrCreateSecretFile(file: string, make = () => randomBytes(32).toString("base64url")): string {
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    try {
      fs.writeFileSync(draft, make(), { mode: 0o600 });
      giveToOwnerOf(path.dirname(file), draft);
      // A link appears whole or not at all and never replaces: a process that lost the race takes the winner's.
      fs.linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      fs.rmSync(draft, { force: true });
    }
  }
  return fs.readFileSync(file, "utf8").trim();
}

/** Started once as root in somebody's folder, Milkrun must start as its owner afterwards, too. */
function giveToOwnerOf(folder: string, file: string): void {
  const { uid, gid } = fs.statSync(folder);
  if (process.getuid?.() === 0 && fs.statSync(file).uid !== uid) fs.chownSync(file, uid, gid);
}

/** The installation's secret: MILKRUN_SECRET, else the generated one in the data directory. */
export function readSecret(env: Pick<Env, "MILKRUN_SECRET" | "MILKRUN_DATA_DIR">): string {
  return env.MILKRUN_SECRET ?? readOrCreateSecretFile(path.join(env.MILKRUN_DATA_DIR, "secret"));
}
