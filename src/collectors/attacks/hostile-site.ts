import { type AddressInfo, createServer, type Socket } from "node:net";
import type { HostileResponse } from "./hostile-responses";

/** A site that is nothing but sockets: no library keeps it from sending what no server would. */
export interface HostileSite {
  port: number;
  /** The address that gets this response. */
  urlOf(response: HostileResponse): string;
  close(): Promise<void>;
}

export async function openHostileSite(responses: readonly HostileResponse[]): Promise<HostileSite> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on("close", () => open.delete(socket)).on("error", () => undefined));
    socket.on("data", (data) => {
      const path = /^GET (\S+)/.exec(data.toString("latin1"))?.[1] ?? "/";
      responses[Number(/^\/(\d+)/.exec(path)?.[1])]?.answer(socket, path);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  return { port, urlOf: (response) => `http://127.0.0.1:${port}/${responses.indexOf(response)}/`, close };
}
