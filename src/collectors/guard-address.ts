import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";

/** What the operator allows beyond the public web. Never set by a tenant. */
export interface GuardPolicy {
  /** Networks whose addresses may be fetched although they are not public, for instance 10.1.0.0/16. */
  allowCidrs: string[];
  /** Ports beyond 80, 443, 8080 and 8443. */
  allowPorts: number[];
  /** Beginnings of addresses, for instance http://127.0.0.1:3000/samples/, that may be fetched whatever their name, address and port. */
  allowPrefixes: string[];
}

/** `onlyAllowedNetworks`: the name is a private one, so every address behind it must lie in an allowed network. */
export type UrlVerdict = { allowed: true; onlyAllowedNetworks: boolean } | { allowed: false; reason: string };

export interface AddressGuard {
  /** Judges scheme, user info, port, and host name or literal address. Does not resolve the name. */
  judgeUrl(url: URL): UrlVerdict;
  /** True when a connection to this IP address may be made. Text that is no IP address is never allowed. */
  allowsAddress(address: string, onlyAllowedNetworks?: boolean): boolean;
}

/** A guard that also knows what the policy is about. */
export interface PolicyGuard extends AddressGuard {
  /** True when the address is the operator's own: named in the policy, or a literal address or private name in its networks. */
  isOperators(url: URL): boolean;
}

type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [IpAddress, number];

const PUBLIC_PORTS = [80, 443, 8080, 8443];
/** Azure's wire server answers every virtual machine there, although the address is a public one. */
const AZURE_WIRE_SERVER = "168.63.129.16";
/** The only part of IPv6 that is assigned to the public internet (IANA, IPv6 Global Unicast Address Space). */
const PUBLIC_IPV6: Network = [ipaddr.IPv6.parse("2000::"), 3];
/** The interface identifiers by which ISATAP (RFC 5214, section 6.1) embeds an IPv4 address. */
const ISATAP_MARKERS = [0x0000, 0x0200];

/**
 * Judges addresses so that a source cannot reach the host's own network.
 * `listOwnAddresses` gives this machine's addresses, which are refused even when they are public.
 * Throws a TypeError when an entry of the policy is no CIDR: a typing error must not open or close the door silently.
 */
export function createAddressGuard(policy: GuardPolicy, listOwnAddresses = listInterfaceAddresses): PolicyGuard {
  const networks = policy.allowCidrs.map(parseNetwork);
  const ports = new Set([...PUBLIC_PORTS, ...policy.allowPorts]);
  const prefixes = policy.allowPrefixes.map((prefix) => new URL(prefix));
  // Listed on every call: interfaces come and go while the process runs.
  const isOwn = (address: IpAddress) => listOwnAddresses().some((own) => parseAddress(own)?.toString() === address.toString());
  const inAllowedNetwork = (address: IpAddress) => networks.some((network) => matches(address, network));

  function allowsAddress(text: string, onlyAllowedNetworks = false): boolean {
    const address = parseAddress(text);
    if (!address) return false;
    if (inAllowedNetwork(address)) return true;
    return !onlyAllowedNetworks && isPublic(address) && !isOwn(address);
  }

  const isNamed = (url: URL) => prefixes.some((prefix) => liesUnder(url, prefix));

  function isOperators(url: URL): boolean {
    const address = parseAddress(literalAddress(url.hostname) ?? "");
    return isNamed(url) || (address ? inAllowedNetwork(address) : networks.length > 0 && isPrivateName(url.hostname));
  }

  function judgeUrl(url: URL): UrlVerdict {
    const reason = judgeScheme(url);
    if (reason) return { allowed: false, reason };
    if (isNamed(url)) return { allowed: true, onlyAllowedNetworks: false };
    if (url.port !== "" && !ports.has(Number(url.port))) return { allowed: false, reason: "its port is not one of 80, 443, 8080 and 8443" };
    return judgeHost(url.hostname);
  }

  function judgeHost(hostname: string): UrlVerdict {
    const literal = literalAddress(hostname);
    if (literal !== undefined) {
      return allowsAddress(literal) ? { allowed: true, onlyAllowedNetworks: false } : { allowed: false, reason: "it points into a private network" };
    }
    if (!isPrivateName(hostname)) return { allowed: true, onlyAllowedNetworks: false };
    if (networks.length > 0) return { allowed: true, onlyAllowedNetworks: true };
    return { allowed: false, reason: "its name belongs to a private network" };
  }

  return { judgeUrl, allowsAddress, isOperators };
}

/** The IP address that a URL's host name spells out, without brackets; undefined when the host is a name. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** A slash that is written as %2f stays one part of a path here, and leads elsewhere where a server or proxy decodes it. */
function liesUnder(url: URL, prefix: URL): boolean {
  return url.origin === prefix.origin && url.pathname.startsWith(prefix.pathname) && !/%(?:2f|5c)/i.test(url.pathname);
}

function judgeScheme(url: URL): string | undefined {
  if (url.protocol !== "http:" && url.protocol !== "https:") return "only http and https can be fetched";
  if (url.username !== "" || url.password !== "") return "it contains a user name or password";
  return url.hostname === "" ? "it names no host" : undefined;
}

/** Names that public name servers know nothing of, or should not. */
export function isPrivateName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.+$/, "");
  if (!name.includes(".")) return true;
  return [".localhost", ".local", ".internal"].some((suffix) => name.endsWith(suffix));
}

function parseNetwork(cidr: string): Network {
  if (!ipaddr.isValidCIDR(cidr)) throw new TypeError(`"${cidr}" is not a network. Write it as an address and a prefix length, for instance 10.0.0.0/8.`);
  return ipaddr.parseCIDR(cidr);
}

/** An IPv4-mapped IPv6 address counts as the IPv4 address that the system connects to. */
function parseAddress(text: string): IpAddress | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function matches(address: IpAddress, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function isPublic(address: IpAddress): boolean {
  if (address.range() !== "unicast" || address.toString() === AZURE_WIRE_SERVER) return false;
  return address instanceof ipaddr.IPv4 || (matches(address, PUBLIC_IPV6) && !isIsatap(address));
}

function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && ISATAP_MARKERS.some((marker) => parts[4] === marker);
}

function listInterfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map((entry) => entry.address));
}
