/** What UTF-8 looks like that was taken for Latin-1: a letter that begins a sequence, and something that continues it. */
const SUSPICIOUS = /[\u00C2-\u00F4][\u0080-\u00BF]/;
const SEQUENCES = /[\u00C2-\u00DF][\u0080-\u00BF]|[\u00E0-\u00EF][\u0080-\u00BF]{2}|[\u00F0-\u00F4][\u0080-\u00BF]{3}/g;
/**
 * What nobody writes: capitals before a sign that words do not end with, and control characters behind small letters. Words do end with É
 * (NESCAFÉ®), È, Ê, Í, Ó, Ù and Ú, and with small letters before two signs (Nescafé® with a space that does not break); where only those are,
 * nothing is mended.
 */
const TELLING = /[ÂÃÄÅÆÇÐÑØÎÏ]|[âãäåæçèéðñ][\u0080-\u00BF]?[\u0080-\u009F]/;

/**
 * The document with those of its texts put right that were encoded in UTF-8 twice ("KÃ¤lte" for "Kälte"), which programs do that take their own
 * output for Latin-1. A text is what stands between two tags; one that holds anything else beyond ASCII is left as it is.
 */
export function mendDoubleEncoding(document: string): string {
  const suspicious = new RegExp(SUSPICIOUS, "g");
  const tag = /[<>]/g;
  const parts: string[] = [];
  let done = 0;
  for (let at = indexFrom(document, suspicious, 0); at !== undefined; at = indexFrom(document, suspicious, done)) {
    const before = document.slice(done, at);
    const start = done + Math.max(0, 1 + before.lastIndexOf(">"), 1 + before.lastIndexOf("<"));
    const end = indexFrom(document, tag, at) ?? document.length;
    parts.push(document.slice(done, start), mend(document.slice(start, end)));
    done = end;
  }
  return done === 0 ? document : parts.join("") + document.slice(done);
}

function indexFrom(text: string, pattern: RegExp, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
}

function mend(text: string): string {
  const found = text.match(SEQUENCES)?.join("") ?? "";
  if (/[\u0080-\uFFFF]/.test(text.replace(SEQUENCES, "")) || !TELLING.test(found)) return text;
  const mended = text.replace(SEQUENCES, (sequence) => Buffer.from(sequence, "latin1").toString("utf8"));
  return mended.includes("\uFFFD") ? text : mended;
}
