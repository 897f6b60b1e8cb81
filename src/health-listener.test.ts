import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createHealthListener, type HealthOptions } from "./health-listener";
import { closeServer, listen } from "./http-server";

let server: Server;

afterEach(() => closeServer(server));

async function serve(options: HealthOptions): Promise<(path: string) => Promise<Response>> {
  server = await listen(createHealthListener(options), 0, "127.0.0.1");
  const { port } = server.address() as AddressInfo;
  return (path) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } });
}

describe("a process without pages", () => {
  test("says that it lives, and whether it is ready", async () => {
    let ready = true;
    const get = await serve({ isReady: () => Promise.resolve(ready) });
    expect(await (await get("/livez")).text()).toBe("ok\n");
    expect((await get("/readyz")).status).toBe(200);
    ready = false;
    expect((await get("/livez")).status).toBe(200);
    const refused = await get("/readyz?why");
    expect(refused.status).toBe(503);
    expect(await refused.text()).toBe("unavailable\n");
  });

  test("is not ready when finding out fails, and answers all the same", async () => {
    const get = await serve({ isReady: () => Promise.reject(new Error("the reason is nobody's business")) });
    const refused = await get("/readyz");
    expect(refused.status).toBe(503);
    expect(await refused.text()).toBe("unavailable\n");
  });

  test("has no other page, and metrics only where there are any", async () => {
    const bare = await serve({ isReady: () => Promise.resolve(true) });
    expect((await bare("/metrics")).status).toBe(404);
    expect((await bare("/")).status).toBe(404);
    await closeServer(server);
    const counting = await serve({ isReady: () => Promise.resolve(true), metrics: (_request, response) => response.end("milkrun_runs 7\n") });
    expect(await (await counting("/metrics")).text()).toBe("milkrun_runs 7\n");
  });
});
