/** The details of an item have headings of the second level above a text. */
const FIRST = 3;
const LAST = 6;

/** The levels that the headings of a site's text have here: one below the other as they are there, without a gap. */
export function headingLevels(stated: readonly number[]): number[] {
  const open: number[] = [];
  return stated.map((level) => {
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return Math.min(FIRST + open.length - 1, LAST);
  });
}
