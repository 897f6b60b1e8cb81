import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const TRIED = [
  // As root, and as anybody where the kernel lets people have namespaces.
  ["--net"],
  ["--map-root-user", "--net"],
];
/** Where `ip` is, for those who are not root. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
const SET_UP = "ip link set lo up && ip route add local 0.0.0.0/0 dev lo";
const REPLACE_NAME_SERVERS = "mount --bind /dev/null /etc/resolv.conf";
const MOST_OUTPUT = 10_000_000;

const works = (options: string[], commands: string) => spawnSync("unshare", [...options, "sh", "-c", commands], { env, stdio: "ignore" }).status === 0;

/** How a program gets a network of its own on this machine: what to say to `unshare`; null where that is not allowed or not there. */
export function findNamespaceOptions(): string[] | null {
  return TRIED.find((options) => works(options, SET_UP)) ?? null;
}

/** The same, for a program that also has name servers of its own. */
export function findResolverOptions(): string[] | null {
  return TRIED.map((options) => [...options, "--mount"]).find((options) => works(options, `${SET_UP} && ${REPLACE_NAME_SERVERS}`)) ?? null;
}

/** Runs a program for Node in a namespace and gives what it printed. */
export async function runInNamespace(options: string[], program: string): Promise<string> {
  const { stdout } = await promisify(execFile)("unshare", [...options, process.execPath, program], { env, maxBuffer: MOST_OUTPUT });
  return stdout;
}
