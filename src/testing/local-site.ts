import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { GuardPolicy } from "@/collectors/guard-address";

export interface LocalSite {
  /** For instance http://127.0.0.1:41234. */
  origin: string;
  port: number;
  /** Lets the collectors reach this site although it is on the machine itself. */
  policy: GuardPolicy;
  close(): Promise<void>;
}

/** A web site on this machine for one test, on a free port. */
export async function startLocalSite(listener: RequestListener): Promise<LocalSite> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { origin: `http://127.0.0.1:${port}`, port, policy: { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPrefixes: [] }, close };
}
