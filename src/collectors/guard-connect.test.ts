import { Agent } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import type { AddressGuard } from "./guard-address";
import { createGuardedConnector } from "./guard-connect";

let site: LocalSite | undefined;
let agent: Agent | undefined;

afterEach(async () => {
  await agent?.destroy();
  await site?.close();
});

/** A guard that gives these answers to the addresses that it is asked about, one after the other. */
function guardAnswering(...answers: boolean[]): AddressGuard {
  return { judgeUrl: () => ({ allowed: true, onlyAllowedNetworks: false }), allowsAddress: () => answers.shift() ?? false };
}

function openAgent(guard: AddressGuard): Agent {
  const resolveName = async () => [{ address: "127.0.0.1", family: 4 }];
  const connect = createGuardedConnector({ guard, resolveName, allowPrefixes: [], connectTimeoutMs: 1000, maxAnswerBytes: 10_000 });
  agent = new Agent({ connect, connections: 1 });
  return agent;
}

async function request(guard: AddressGuard, origin: string): Promise<unknown> {
  return await openAgent(guard)
    .request({ origin, path: "/", method: "GET" })
    .catch((error: unknown) => error);
}

describe("createGuardedConnector", () => {
  it("judges the open socket again, and sends nothing through one that it refuses", async () => {
    let requests = 0;
    site = await startLocalSite((_request, response) => {
      requests += 1;
      response.end();
    });
    expect(await request(guardAnswering(true, false), `http://name.example:${site.port}`)).toMatchObject({ code: "blocked" });
    expect(requests).toBe(0);
    expect(await request(guardAnswering(true, true), `http://name.example:${site.port}`)).toMatchObject({ statusCode: 200 });
  });

  it("judges the socket of a literal address, which is never looked up", async () => {
    site = await startLocalSite((_request, response) => void response.end());
    expect(await request(guardAnswering(false), site.origin)).toMatchObject({ code: "blocked" });
  });

  it("ends an answer that is larger than any may be, and counts each answer of a connection for itself", async () => {
    const connections = new Set<unknown>();
    site = await startLocalSite(({ socket, url }, response) => {
      connections.add(socket);
      response.end("x".repeat(Number(url?.slice(1))));
    });
    const opened = openAgent(guardAnswering(true, true, true, true));
    const read = async (size: number) => (await (await opened.request({ origin: site?.origin ?? "", path: `/${size}`, method: "GET" })).body.text()).length;
    expect([await read(6_000), await read(6_000), await read(6_000), connections.size]).toEqual([6_000, 6_000, 6_000, 1]);
    await expect(read(1_000_000)).rejects.toMatchObject({ code: "too_large" });
  });
});
