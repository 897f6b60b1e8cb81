import fs from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ where: string; why: string }} Failure */

const WHY_LINES = 12;

/** A failure as the end of `npm test` tells it: of a long reason only the beginning, the whole is further up. */
export function failureOf(where, message) {
  const lines = stripVTControlCharacters(message ?? "It gave no reason.")
    .trimEnd()
    .split("\n");
  return { where, why: [...lines.slice(0, WHY_LINES), ...(lines.length > WHY_LINES ? ["…"] : [])].join("\n") };
}

/** Leaves what a suite came to where `npm test` asked for it: numbers of tests, and every failure. */
export function writeReport({ passed, failed, skipped, failures }) {
  fs.writeFileSync(process.env.TEST_REPORT, JSON.stringify({ passed, failed, skipped, failures }));
}
