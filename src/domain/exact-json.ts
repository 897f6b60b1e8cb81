/** A text, or a number that may be large; texts are matched so that nothing in them is taken for a number. */
const TEXT_OR_LARGE = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?(?:\d{16,}(?:\.\d+)?|\d+(?:\.\d+)?(?=[eE]))(?:[eE][+-]?\d+)?/g;
/** Where there is none of these, JavaScript holds all numbers as they are. */
const HAS_LARGE = /\d{16}|[\d.]{16}[eE]|\d[eE]\+?\d{3}/;
/** Below, what is rounded of a number stands behind its point. */
const ROUNDED_FROM = 1e15;

/**
 * As JSON.parse, but large numbers that JavaScript would round, as the ids of some services are, become texts as they are written: two of them
 * would be the same number otherwise. Whole numbers from 2^53 on always do, so that they are all alike; what a number has behind so many digits
 * that no measurement has them is rounded.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  // The pattern is for JSON only: on other text it could take for ever.
  const document: unknown = JSON.parse(text);
  return HAS_LARGE.test(text) ? JSON.parse(text.replace(TEXT_OR_LARGE, quoteRounded)) : document;
}

function quoteRounded(found: string): string {
  return found.startsWith('"') || isHeld(found) ? found : `"${found}"`;
}

function isHeld(written: string): boolean {
  const value = Number(written);
  if (Math.abs(value) < ROUNDED_FROM) return true;
  return /^-?\d+$/.test(written) ? Number.isSafeInteger(value) : digitsOf(written) === digitsOf(String(value));
}

/** Of numbers of about the same size: equal where they are. */
function digitsOf(written: string): string {
  return written
    .replace(/e.*$/i, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|(?<!0)0+$/g, "");
}
