import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { CollectError } from "./collect-error";
import { timeoutError } from "./fetch-error";
import { type AddressGuard, literalAddress } from "./guard-address";
import { limitAnswers } from "./limit-socket";
import type { ResolvedAddress, ResolveName } from "./resolve-name";

interface GuardedConnectorOptions {
  guard: AddressGuard;
  resolveName: ResolveName;
  allowPrefixes: string[];
  /** For TCP and TLS together. */
  connectTimeoutMs: number;
  /** For one answer, with everything that stands around its body. */
  maxAnswerBytes: number;
}

/**
 * A connector for undici that opens a socket only towards addresses that the guard allows. Literal addresses are judged here,
 * because Node never calls `lookup` for them; names are resolved here, once, and the socket gets exactly the judged answers,
 * so that a second answer cannot differ from the first. The address of the open socket is judged again.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  // A connection serves any path of its origin; which paths may be asked for is judged with each address, before it comes here.
  const origins = new Set(options.allowPrefixes.map((prefix) => new URL(prefix).origin));
  return (target, callback) => {
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
    const trusted = origins.has(url.origin);
    judgeTarget(options, url, trusted).then(
      (addresses) => connectTo(options, target, addresses, trusted, callback),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** The addresses that the socket may use. */
async function judgeTarget(options: GuardedConnectorOptions, url: URL, trusted: boolean): Promise<ResolvedAddress[]> {
  const { guard } = options;
  const verdict = trusted ? { allowed: true as const, onlyAllowedNetworks: false } : guard.judgeUrl(url);
  if (!verdict.allowed) throw blockedError(verdict.reason);
  const literal = literalAddress(url.hostname);
  if (literal !== undefined) return [{ address: literal, family: literal.includes(":") ? 6 : 4 }];
  const addresses = await resolve(options, url.hostname);
  const acceptable = trusted || addresses.every(({ address }) => guard.allowsAddress(address, verdict.onlyAllowedNetworks));
  if (!acceptable) throw blockedError("it points into a private network");
  return addresses;
}

async function resolve({ resolveName, connectTimeoutMs }: GuardedConnectorOptions, hostname: string): Promise<ResolvedAddress[]> {
  const resolving = resolveName(hostname).catch((cause: NodeJS.ErrnoException) => {
    throw unresolvedError(hostname, cause.code !== "ENOTFOUND", cause);
  });
  const addresses = await within(resolving, connectTimeoutMs);
  if (addresses.length === 0) throw unresolvedError(hostname, true);
  return addresses;
}

/** The system's resolver, which finds private names, has no deadline of its own that we could set. */
function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(timeoutError()), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function connectTo(
  options: GuardedConnectorOptions,
  target: buildConnector.Options,
  addresses: ResolvedAddress[],
  trusted: boolean,
  callback: buildConnector.Callback,
): void {
  const connect = buildConnector({ timeout: options.connectTimeoutMs, lookup: answerWith(addresses), autoSelectFamily: true, maxCachedSessions: 0 });
  connect(target, (error, socket) => {
    if (error !== null || socket === null) return callback(error ?? new Error("no socket"), null);
    if (trusted || options.guard.allowsAddress(socket.remoteAddress ?? "")) {
      limitAnswers(socket, options.maxAnswerBytes);
      return callback(null, socket);
    }
    socket.destroy();
    callback(blockedError("it points into a private network"), null);
  });
}

function answerWith(addresses: ResolvedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all || first === undefined) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}

/** Says that the guard refused, and nothing about what listens there. */
export function blockedError(reason: string): CollectError {
  return new CollectError(
    "blocked",
    `This address is blocked: ${reason}. Nothing was fetched. Use a public address, or ask the operator of this server to allow it.`,
  );
}

function unresolvedError(hostname: string, retryable: boolean, cause?: unknown): CollectError {
  const message = `The name ${hostname} was not found. Nothing was fetched. Check the spelling of the address.`;
  return new CollectError("dns", message, { retryable, cause });
}
