import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { GuardPolicy } from "@/collectors/guard-address";
import { type AttackScene, CLOSED_PORTS, OWN_ORIGIN, PUBLIC_ADDRESS, PUBLIC_ADDRESS_6 } from "./outgoing-attacks";

/** A place where attacks are carried out on real sockets, and where every connection to what is forbidden is counted. */
export interface AttackRange {
  scene: AttackScene;
  policy: GuardPolicy;
  /** So far; a connection counts even when nothing is sent through it. */
  forbiddenConnections(): number;
  close(): Promise<void>;
}

const PUBLIC_PORTS = [80, 443, 8080, 8443];

/** In a network namespace in which every address of the world is this machine's: all of it is forbidden, save the one public site. */
export async function openWorld(): Promise<AttackRange> {
  const count = countConnections((socket) => !isPublicSite(socket));
  const ports = [...PUBLIC_PORTS, ...CLOSED_PORTS];
  // The kernel may know no IPv6.
  const servers = await Promise.all(ports.map((port) => listen(port, "::", count.connection).catch(() => listen(port, "0.0.0.0", count.connection))));
  return {
    scene: { site: `http://${PUBLIC_ADDRESS}`, port: "" },
    policy: { allowCidrs: [], allowPorts: [], allowPrefixes: [`${OWN_ORIGIN}/samples/`] },
    forbiddenConnections: count.total,
    close: () => closeAll(servers),
  };
}

/** On this machine's loopback addresses: one port is the public site, by the operator's permission, and another one is forbidden. */
export async function openLoopback(): Promise<AttackRange> {
  const count = countConnections(() => true);
  const site = await listen(0, "127.0.0.1", () => undefined);
  const forbidden = await listen(0, "127.0.0.1", count.connection);
  const port = portOf(forbidden);
  // Machines without IPv6 have no such address; nothing can be reached there then.
  const forbidden6 = await listen(port, "::1", count.connection).catch(() => undefined);
  const origin = `http://127.0.0.1:${portOf(site)}`;
  return {
    scene: { site: origin, port: `:${port}` },
    policy: { allowCidrs: [], allowPorts: [port], allowPrefixes: [origin] },
    forbiddenConnections: count.total,
    close: () => closeAll([site, forbidden, ...(forbidden6 ? [forbidden6] : [])]),
  };
}

function countConnections(counts: (socket: Socket) => boolean) {
  let connections = 0;
  const connection = (socket: Socket) => {
    if (counts(socket)) connections += 1;
  };
  return { connection, total: () => connections };
}

function isPublicSite({ localAddress = "", localPort = 0 }: Socket): boolean {
  return [PUBLIC_ADDRESS, PUBLIC_ADDRESS_6].includes(localAddress.replace(/^::ffff:/, "")) && PUBLIC_PORTS.includes(localPort);
}

async function listen(port: number, host: string, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer(answer).on("connection", onConnection);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return server;
}

/** Redirects as the address says, and closes the connection, so that a name is asked for again. */
function answer({ url = "" }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("connection", "close");
  const [, way, parameter, target = ""] = /^\/(to|hops)\/(\d+)\?(.*)$/.exec(url) ?? [];
  if (way === undefined) response.end("reached");
  else if (way === "hops" && parameter !== "0") response.writeHead(302, { location: `/hops/${Number(parameter) - 1}?${target}` }).end();
  else response.writeHead(way === "to" ? Number(parameter) : 302, { location: headerBytes(decodeURIComponent(target)) }).end();
}

/** Node takes a header's text for Latin-1; sites send UTF-8 nevertheless. */
function headerBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function closeAll(servers: Server[]): Promise<void> {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}
