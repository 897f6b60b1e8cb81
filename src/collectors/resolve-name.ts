import { lookup, Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import ipaddr from "ipaddr.js";
import { isPrivateName } from "./guard-address";

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Every address behind a name. Replaced in tests. */
export type ResolveName = (hostname: string) => Promise<ResolvedAddress[]>;

interface NameServerOptions {
  /** Addresses with ports; those of the system unless told. */
  servers?: string[];
  hostsFile?: string;
}

const HOSTS_FILE = "/etc/hosts";
/** For the first question; the second one waits twice as long. */
const QUESTION_MS = 2_500;
const QUESTIONS = 2;
/** A name that does not exist, and one that has no addresses of this family. */
const MISSING = ["ENOTFOUND", "ENODATA"];

/**
 * Resolves public names by asking the name servers directly. The system's own resolver answers two names at a time for the whole
 * process, and waits up to half a minute for a server that keeps silent: four such names of one organization would stop everybody's.
 * Private names are left to the system; they get here only where the operator allows private networks.
 */
export function createNameResolver({ servers, hostsFile = HOSTS_FILE }: NameServerOptions = {}): ResolveName {
  return async (hostname) => {
    if (isPrivateName(hostname)) return await lookup(hostname, { all: true, verbatim: true });
    const stated = await readHostsFile(hostsFile, hostname);
    return stated.length > 0 ? stated : await askNameServers(hostname, servers);
  };
}

async function askNameServers(hostname: string, servers?: string[]): Promise<ResolvedAddress[]> {
  // A new one each time: the system's servers change while the process runs.
  const resolver = new Resolver({ timeout: QUESTION_MS, tries: QUESTIONS });
  if (servers) resolver.setServers(servers);
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value.map(withFamily) : []));
  if (addresses.length > 0) return addresses;
  const reasons = answers.flatMap((answer): NodeJS.ErrnoException[] => (answer.status === "rejected" ? [answer.reason] : []));
  const failure = reasons.find(({ code }) => !MISSING.includes(code ?? ""));
  throw failure ?? Object.assign(new Error(`${hostname} has no address.`), { code: "ENOTFOUND" });
}

/** What the hosts file of the machine says, as for every other program; nothing where there is none. */
async function readHostsFile(file: string, hostname: string): Promise<ResolvedAddress[]> {
  const wanted = hostname.toLowerCase().replace(/\.$/, "");
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().toLowerCase().split(/\s+/);
    return names.includes(wanted) && ipaddr.isValid(address) ? [withFamily(address)] : [];
  });
}

function withFamily(address: string): ResolvedAddress {
  return { address, family: address.includes(":") ? 6 : 4 };
}
