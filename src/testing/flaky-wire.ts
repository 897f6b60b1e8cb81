import { existsSync } from "node:fs";
import net from "node:net";
import type { TestConnection } from "./database";

/** A way to a server, the test database for one, that breaks on request, as a network or a restarting server would break it. */
export interface FlakyWire {
  /** What to connect to instead of the server. */
  address: { host: string; port: number };
  /** Commits that came by since the wire was last mended or told to break. */
  commits(): number;
  /** Commits or answers that were lost since then. */
  lost(): number;
  /** The nth commit from now on is carried out, but its connection breaks before the answer is back. */
  loseAnswerOfCommit(nth: number): void;
  /** The connection of the nth commit from now on breaks before it gets there. */
  loseCommit(nth: number): void;
  /** Breaks every connection and lets no new one through. */
  cut(): void;
  /** Everything works again. */
  mend(): void;
  close(): Promise<void>;
}

type WireTarget = Pick<TestConnection, "host" | "port">;

interface Link {
  client: net.Socket;
  server: net.Socket;
}

const WHOLE = { commits: 0, lost: 0, loseAnswerOf: 0, loseCommit: 0, isCut: false };

/** Listens on a port of this machine and passes everything on to the server. */
export async function openFlakyWire(target: WireTarget): Promise<FlakyWire> {
  const links = new Set<Link>();
  let state = { ...WHOLE };

  function lose(link: Link) {
    state.lost += 1;
    breakLink(link);
  }

  function pass(link: Link, data: Buffer) {
    if (data.includes("COMMIT")) state.commits += 1;
    else return void link.server.write(data);
    if (state.commits === state.loseCommit) return lose(link);
    if (state.commits === state.loseAnswerOf) link.server.removeAllListeners("data").once("data", () => lose(link));
    link.server.write(data);
  }

  const listener = net.createServer((client) => {
    if (state.isCut) return void client.resetAndDestroy();
    const link = { client, server: callServer(target) };
    links.add(link);
    for (const end of [link.client, link.server]) {
      end.on("error", () => {});
      end.on("close", () => links.delete(link) && breakLink(link));
    }
    link.client.on("data", (data) => pass(link, data));
    link.server.on("data", (data) => client.write(data));
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));

  const change = (to: Partial<typeof WHOLE>) => {
    state = { ...WHOLE, ...to };
  };
  return {
    address: addressOf(listener),
    commits: () => state.commits,
    lost: () => state.lost,
    loseAnswerOfCommit: (nth) => change({ loseAnswerOf: nth }),
    loseCommit: (nth) => change({ loseCommit: nth }),
    cut() {
      change({ isCut: true });
      for (const link of links) breakLink(link);
    },
    mend: () => change({}),
    close: () => new Promise((resolve) => listener.close(() => resolve())),
  };
}

function breakLink({ client, server }: Link) {
  client.destroy();
  server.destroy();
}

function callServer({ host, port }: WireTarget): net.Socket {
  const socketFile = `${host}/.s.PGSQL.${port}`;
  return existsSync(socketFile) ? net.connect(socketFile) : net.connect(port, host);
}

function addressOf(listener: net.Server): FlakyWire["address"] {
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The wire has no port.");
  return { host: "127.0.0.1", port: address.port };
}
