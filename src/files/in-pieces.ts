import { setImmediate as turn } from "node:timers/promises";
import type { ExportPart } from "./export-part";

const PIECE_CHARACTERS = 65_536;

/**
 * The same items in parts that are written within a millisecond or two. In between others have their turn: requests, and the reading of the
 * next part, which would wait for the writing of a whole one.
 */
export async function* inPieces(parts: AsyncIterable<ExportPart>): AsyncGenerator<ExportPart, void> {
  for await (const part of parts) {
    for (const piece of piecesOf(part)) {
      yield piece;
      await turn();
    }
  }
}

function* piecesOf({ lines, items }: ExportPart): Generator<ExportPart, void> {
  let [start, inPiece, left] = [0, 0, items];
  for (let end = lines.indexOf("\n"); end !== -1; end = lines.indexOf("\n", end + 1)) {
    inPiece++;
    if (end - start < PIECE_CHARACTERS) continue;
    yield { lines: lines.slice(start, end), items: inPiece };
    [start, inPiece, left] = [end + 1, 0, left - inPiece];
  }
  yield { lines: lines.slice(start), items: left };
}
