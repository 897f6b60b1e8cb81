import { expect, it } from "vitest";
import { moveWithin } from "./move-within";

const GRID = { ArrowLeft: -7, ArrowRight: 7, ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
const press = (key: string) => ({ key, altKey: false, ctrlKey: false, metaKey: false });

it.each([
  ["ArrowLeft", 10, 3],
  ["ArrowLeft", 6, null],
  ["ArrowDown", 10, 11],
  ["ArrowDown", 176, null],
  ["Home", 10, 0],
  ["End", 10, 176],
  ["End", 176, null],
  ["Enter", 10, null],
] as const)("%s leads from %d to %s", (key, index, next) => {
  expect(moveWithin(press(key), index, 177, GRID)).toBe(next);
});

it.each(["altKey", "ctrlKey", "metaKey"])("leaves a key to the browser while %s is down", (modifier) => {
  expect(moveWithin({ ...press("ArrowLeft"), [modifier]: true }, 10, 177, GRID)).toBeNull();
});
