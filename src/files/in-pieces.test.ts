import { expect, test } from "vitest";
import { inPieces } from "./in-pieces";

async function* given(batches: readonly string[][]): AsyncGenerator<string[], void> {
  yield* batches;
}

async function piecesOf(...batches: string[][]): Promise<string[][]> {
  const pieces: string[][] = [];
  for await (const piece of inPieces(given(batches))) pieces.push([...piece]);
  return pieces;
}

test("many items come in pieces of 32 kB or a little more, in their order", async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => JSON.stringify({ id: String(index), title: "Milk and butter" }));
  const pieces = await piecesOf([...lines]);
  expect(pieces.length).toBeGreaterThan(2);
  expect(Math.max(...pieces.map((piece) => piece.join("").length))).toBeLessThan(33_000);
  expect(pieces.flat()).toEqual(lines);
});

test("a line larger than that stays whole, and nothing makes no piece", async () => {
  const [large, small] = [JSON.stringify("a".repeat(200_000)), "1"];
  expect(await piecesOf([large, large, small], [], [small])).toEqual([[large], [large], [small], [small]]);
});

test("what was used is let go of, in the piece and in the batch, whoever else holds them", async () => {
  const batch = ["1", "2"];
  const held: string[][] = [];
  for await (const piece of inPieces(given([batch]))) held.push(piece);
  expect([batch, ...held]).toEqual([[], []]);
});

test("others have their turn between two pieces", async () => {
  const lines = Array.from({ length: 3 }, () => JSON.stringify("a".repeat(70_000)));
  const seen: string[] = [];
  for await (const piece of inPieces(given([lines]))) {
    seen.push(`piece of ${piece.length}`);
    setImmediate(() => seen.push("another's turn"));
  }
  expect(seen).toEqual(["piece of 1", "another's turn", "piece of 1", "another's turn", "piece of 1", "another's turn"]);
});
