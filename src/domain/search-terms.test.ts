import { expect, test } from "vitest";
import { searchTerms } from "./search-terms";

const word = (text: string, { isPrefix = false, isExcluded = false } = {}) => ({ text, isPrefix, isExcluded });

test.each([
  ["oat milk", [word("oat"), word("milk", { isPrefix: true })]],
  ['"oat milk" price', [word("oat milk"), word("price", { isPrefix: true })]],
  ["price “oat milk”", [word("price"), word("oat milk")]],
  ['price -"oat milk"', [word("price"), word("oat milk", { isExcluded: true })]],
  ["milk -oat", [word("milk"), word("oat", { isExcluded: true })]],
  ["-oat", [word("oat", { isExcluded: true })]],
  ['"not closed', [word("not closed")]],
  ["gluten-free", [word("gluten-free", { isPrefix: true })]],
  ["oat mi\u0000lk\ud83e", [word("oat"), word("milk\ufffd")]],
  ["東京", [word("東京", { isPrefix: true })]],
])("%s is read as it is meant", (text, terms) => expect(searchTerms(text)).toEqual(terms));

test.each(["to", "3d", "wi-fi", "C++", "milk."])("%s, short or complete, stands for itself", (text) => expect(searchTerms(text)).toEqual([word(text)]));

test.each(["", "  ", "-", '""', "!?", "🎉"])("%j asks for nothing", (text) => expect(searchTerms(text)).toEqual([]));
