import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { StartError } from "@/config/start-error";
import { closeServer, connectionLimit, listen } from "./http-server";

test("a port in use is explained in one sentence", async () => {
  const first = await listen(() => {}, 0, "127.0.0.1");
  const { port } = first.address() as AddressInfo;
  await expect(listen(() => {}, port, "127.0.0.1")).rejects.toThrow(
    new StartError(`Port ${port} is already in use: stop the program that uses it, or set PORT to another one.`),
  );
  await closeServer(first);
});

test("an address of another machine is explained in one sentence", async () => {
  await expect(listen(() => {}, 0, "203.0.113.1")).rejects.toThrow("203.0.113.1 is not an address of this machine: correct HOST, or leave it out.");
});

test("as many connections are taken as half of the descriptors, and ten thousand at most", () => {
  expect([256, 1_024, 1_048_576, null].map(connectionLimit)).toEqual([128, 512, 10_000, 10_000]);
});
