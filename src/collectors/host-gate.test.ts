import { expect, it } from "vitest";
import { hostOf } from "./host-gate";

it.each([
  ["https://Example.org/a", "example.org:443"],
  ["http://example.org./a", "example.org:80"],
  ["http://example.org:443/", "example.org:443"],
  ["https://example.org:8443/", "example.org:8443"],
  ["http://[2001:db8::1]/", "[2001:db8::1]:80"],
])("%s is on the host %s", (address, host) => expect(hostOf(new URL(address))).toBe(host));
