import { expect, test } from "vitest";
import { addressWords } from "./address-words";

test.each([
  ["192.0.2.9", "192.0.2.9"],
  ["2001:0db8:0001:0002:0000:0000:0000:0000", "2001:db8:1:2::/64"],
  ["fe80:0000:0000:0000:0000:0000:0000:0000", "fe80:0:0:0::/64"],
])("%s is written %s", (address, words) => {
  expect(addressWords(address)).toBe(words);
});
