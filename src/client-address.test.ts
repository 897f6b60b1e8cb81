import { describe, expect, test } from "vitest";
import { clientAddress } from "./client-address";

const SOCKET = "192.0.2.1";

test("without a proxy to trust it is the socket's", () => {
  expect(clientAddress(SOCKET, undefined)).toBe(SOCKET);
  expect(clientAddress("::ffff:192.0.2.1", undefined)).toBe(SOCKET);
  expect(clientAddress("fe80::1%eth0", undefined)).toBe("fe80::1");
});

describe("behind a trusted proxy it is the last address of the list, which the proxy wrote", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["1.1.1.1,2.2.2.2,  203.0.113.7 ", "203.0.113.7"],
    ["spoofed, 203.0.113.7:51820", "203.0.113.7"],
    ["[2001:db8::7]:443", "2001:db8::7"],
    ["203.0.113.7, 2001:DB8::7", "2001:DB8::7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
  ])("%s", (list, address) => {
    expect(clientAddress(SOCKET, list)).toBe(address);
  });
});

test.each(["", " ", ",", "203.0.113.7,", "unknown", "203.0.113.7, _hidden", "203.0.113.7, 1.2.3", "999.1.1.1"])(
  "a list whose last entry is no address, %j, names nobody but the proxy",
  (list) => {
    expect(clientAddress(SOCKET, list)).toBe(SOCKET);
  },
);
