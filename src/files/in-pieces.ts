import { setImmediate as turn } from "node:timers/promises";

/** Small enough that the texts made of it are freed soon: V8 keeps what is larger than 128 kB until it goes through all of its memory. */
const PIECE_CHARACTERS = 32_768;

/**
 * The same lines in pieces that are written within a millisecond or two, none of them empty. In between others have their turn: requests,
 * and the reading of the next lines, which would wait for the writing of all of these. What was used is emptied, as promises that are over
 * may hold it until V8 goes through all of its memory.
 */
export async function* inPieces(batches: AsyncIterable<string[]>): AsyncGenerator<string[], void> {
  for await (const lines of batches) {
    for (const piece of piecesOf(lines)) {
      yield piece;
      piece.length = 0;
      await turn();
    }
    lines.length = 0;
  }
}

function* piecesOf(lines: readonly string[]): Generator<string[], void> {
  let [piece, characters]: [string[], number] = [[], 0];
  for (const line of lines) {
    piece.push(line);
    characters += line.length;
    if (characters < PIECE_CHARACTERS) continue;
    yield piece;
    [piece, characters] = [[], 0];
  }
  if (piece.length > 0) yield piece;
}
