import { expect, test } from "vitest";
import type { ExportPart } from "./export-part";
import { inPieces } from "./in-pieces";

async function* given(parts: readonly string[][]): AsyncGenerator<ExportPart, void> {
  for (const lines of parts) yield { lines: lines.join("\n"), items: lines.length };
}

async function piecesOf(...parts: string[][]): Promise<ExportPart[]> {
  const pieces: ExportPart[] = [];
  for await (const piece of inPieces(given(parts))) pieces.push(piece);
  return pieces;
}

test("many items come in whole lines of 64 kB or a little more, each with how many there are", async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => JSON.stringify({ id: String(index), title: "Milk and butter" }));
  const pieces = await piecesOf(lines);
  expect(pieces.length).toBeGreaterThan(2);
  expect(Math.max(...pieces.map((piece) => piece.lines.length))).toBeLessThan(66_000);
  expect(pieces.map((piece) => piece.lines).join("\n")).toBe(lines.join("\n"));
  for (const piece of pieces) expect(piece.items).toBe(piece.lines.split("\n").length);
});

test("a line larger than that stays whole, and so does a part without items", async () => {
  const [large, small] = [JSON.stringify("a".repeat(200_000)), "1"];
  const pieces = await piecesOf([large, large, small], [], [small]);
  expect(pieces).toEqual([
    { lines: large, items: 1 },
    { lines: large, items: 1 },
    { lines: small, items: 1 },
    { lines: "", items: 0 },
    { lines: small, items: 1 },
  ]);
});

test("others have their turn between two pieces", async () => {
  const lines = Array.from({ length: 3 }, () => JSON.stringify("a".repeat(70_000)));
  const seen: string[] = [];
  for await (const piece of inPieces(given([lines]))) {
    seen.push(`piece of ${piece.items}`);
    setImmediate(() => seen.push("another's turn"));
  }
  expect(seen).toEqual(["piece of 1", "another's turn", "piece of 1", "another's turn", "piece of 1", "another's turn"]);
});
