import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startNameServer, type TestNameServer } from "@/testing/name-server";
import { createNameResolver } from "./resolve-name";

let server: TestNameServer;
let folder: string;
const resolve = (name: string) => createNameResolver({ servers: [server.address], hostsFile: path.join(folder, "hosts") })(name);

beforeAll(async () => {
  server = await startNameServer({
    "both.example": ["93.184.215.14", "2606:2800::1", "93.184.215.15"],
    "old.example": ["93.184.215.14"],
    "stated.example": ["93.184.215.14"],
    "missing.example": [],
  });
  folder = await mkdtemp(path.join(tmpdir(), "milkrun-hosts-"));
  await writeFile(
    path.join(folder, "hosts"),
    "127.0.0.1 localhost\n# 10.0.0.1 old.example\n10.0.0.2\tother.example Stated.Example # of the operator\nnonsense stated.example\n",
  );
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe("a name", () => {
  it("has all addresses of both families that the name servers know", async () => {
    expect(await resolve("both.example")).toEqual([
      { address: "93.184.215.14", family: 4 },
      { address: "93.184.215.15", family: 4 },
      { address: "2606:2800::1", family: 6 },
    ]);
  });

  it("may have addresses of one family alone", async () => {
    expect(await resolve("OLD.example.")).toEqual([{ address: "93.184.215.14", family: 4 }]);
  });

  it("is what the machine's hosts file says, before anybody else is asked", async () => {
    expect(await resolve("stated.example")).toEqual([{ address: "10.0.0.2", family: 4 }]);
  });

  it("that does not exist says so", async () => {
    await expect(resolve("missing.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
  });

  it("that is private is the system's to find", async () => {
    expect((await resolve("localhost")).map(({ address }) => address)).toContain("127.0.0.1");
  });
});

describe("names whose servers keep silent", () => {
  it("hold up no other name", async () => {
    const silent = Array.from({ length: 50 }, (_, index) => resolve(`silent-${index}.example`).catch((error: NodeJS.ErrnoException) => error.code));
    const started = performance.now();
    expect(await resolve("old.example")).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await Promise.race([...silent, "still waiting"])).toBe("still waiting");
  });
});
