interface Guess {
  encoding: string;
  /** Letters of the script, and among them those that texts are full of. */
  script: RegExp;
  frequent: RegExp;
  /** The least share of the letters that the frequent ones have in any text of some length. */
  share: number;
}

/** The small letters that make up most of a Russian, Ukrainian or Bulgarian text. In a wrong encoding of the same script they are capitals or rare. */
const CYRILLIC = { script: /[\u0400-\u04FF]/g, frequent: /[оеаинтсрвлкмдпу]/g, share: 0.6 };
/** Syllables, which no Japanese sentence does without. Those of half width are left out: in Shift_JIS any Western text is full of them. */
const JAPANESE = { script: /[\u3040-\u30FF\u3400-\u9FFF\uFF66-\uFF9F]/g, frequent: /[\u3040-\u30FF]/g, share: 0.3 };
const HAN = /[\u3400-\u9FFF\uE000-\uF8FF]/g;

/** In the order in which they are preferred where several fit equally well. */
const GUESSES: Guess[] = [
  { encoding: "windows-1251", ...CYRILLIC },
  { encoding: "koi8-r", ...CYRILLIC },
  { encoding: "ibm866", ...CYRILLIC },
  { encoding: "shift_jis", ...JAPANESE },
  { encoding: "euc-jp", ...JAPANESE },
  { encoding: "euc-kr", script: /[\uAC00-\uD7A3\u3400-\u9FFF]/g, frequent: /[이다의는에을가고하지한로도기사를은서]/g, share: 0.1 },
  { encoding: "gb18030", script: HAN, frequent: /[的一是不了人在有我他这中大来上国和地到时年为出新日月]/g, share: 0.05 },
  { encoding: "big5", script: HAN, frequent: /[的一是不了人在有我他這中大來上國和地到時年為出新日月]/g, share: 0.05 },
  { encoding: "windows-1253", script: /[\u0370-\u03FF]/g, frequent: /[αοιετσνηυρπκμλς]/g, share: 0.7 },
  { encoding: "windows-1255", script: /[\u0590-\u05FF]/g, frequent: /[אבהוילמנרשת]/g, share: 0.6 },
  { encoding: "windows-1256", script: /[\u0600-\u06FF]/g, frequent: /[اليموتنربةعدس]/g, share: 0.6 },
  { encoding: "windows-874", script: /[\u0E00-\u0E7F]/g, frequent: /[านรอกเงมยลวดท่ส้็ัี]/g, share: 0.5 },
];

const SAMPLE_BYTES = 100_000;
/** Of what is not ASCII, so much has to be of the script: in the wrong encoding much of it is signs. */
const LEAST_OF_SCRIPT = 0.75;
/** Of the letters, so many may stand beside one of ASCII: in the wrong encoding those with accents do, within words. */
const MOST_MIXED = 0.2;
/** Of the letters, so many have to stand beside each other, as in words, and no more may be the same one: signs and spaces of other encodings do not. */
const LEAST_IN_WORDS = 0.5;
const MOST_OF_ONE = 0.4;
/** Characters beyond ASCII that tell something. */
const LEAST_CHARACTERS = 6;
const ISO_2022_JP = ["\u001B$B", "\u001B$@"];

/**
 * The encoding of a text that does not state it and is not UTF-8, by the letters that it would hold; undefined for the languages of Western
 * Europe, and where there is too little text.
 */
export function guessEncoding(body: Uint8Array): string | undefined {
  const sample = body.subarray(0, SAMPLE_BYTES);
  const scored = GUESSES.map((guess) => ({ encoding: guess.encoding, score: scoreOf(sample, guess) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0 ? best.encoding : undefined;
}

/** Japanese in seven bits, which is valid ASCII as well: it announces itself. */
export function isIso2022Jp(body: Uint8Array): boolean {
  if (!body.includes(0x1b)) return false;
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, SAMPLE_BYTES)).toString("latin1");
  return ISO_2022_JP.some((opening) => head.includes(opening));
}

/** How much more than needed the frequent letters are; 0 where it cannot be this encoding. */
function scoreOf(sample: Uint8Array, { encoding, script, frequent, share }: Guess): number {
  const text = new TextDecoder(encoding).decode(sample);
  const characters = count(text, /[\u0080-\uFFFF]/g);
  const letters = count(text, script);
  // A sample may end within a character.
  if (characters < LEAST_CHARACTERS || count(text, /\uFFFD/g) > 1 || letters < characters * LEAST_OF_SCRIPT) return 0;
  const mixed = count(text, new RegExp(`[a-z]${script.source}|${script.source}[a-z]`, "gi"));
  if (mixed > letters * MOST_MIXED || !hasWords(text, script, letters)) return 0;
  const found = count(text, frequent) / letters;
  return found >= share ? found / share : 0;
}

function hasWords(text: string, script: RegExp, letters: number): boolean {
  const inWords = (text.match(new RegExp(`${script.source}{2,}`, "g")) ?? []).join("");
  const counts = new Map<string, number>();
  for (const letter of inWords) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return inWords.length >= letters * LEAST_IN_WORDS && Math.max(...counts.values()) <= letters * MOST_OF_ONE;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
