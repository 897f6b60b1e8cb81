import { cleanText } from "./clean-text";

/** One thing that a search asks for: a word, or words that follow each other. */
export interface SearchTerm {
  text: string;
  /** Words that only begin like its last one count, too: it may still be being typed. */
  isPrefix: boolean;
  /** What holds it is left out. */
  isExcluded: boolean;
}

const TERM = /(-?)(?:"([^"]*)"?|(\S+))/g;
/** Fewer letters of an alphabet begin half of all words. */
const SHORTEST_PREFIX = 3;

/**
 * Reads a search as people write them: words, "a phrase", -without. All of it has to hold; the last word may be the beginning of one. What
 * holds no letter and no digit asks for nothing.
 */
export function searchTerms(text: string): SearchTerm[] {
  const plain = cleanText(text).replace(/[“”„«»]/g, '"');
  const terms = [...plain.matchAll(TERM)].map(([, minus, phrase, word]) => ({
    text: phrase ?? word ?? "",
    isPhrase: phrase !== undefined,
    isExcluded: minus === "-",
  }));
  return terms.flatMap(({ isPhrase, ...term }, index) => {
    if (!/[\p{L}\p{N}]/u.test(term.text)) return [];
    const mayGoOn = index === terms.length - 1 && !isPhrase && !term.isExcluded;
    return [{ ...term, isPrefix: mayGoOn && isLongEnough(term.text) }];
  });
}

function isLongEnough(word: string): boolean {
  const [end = ""] = /[\p{L}\p{N}]+$/u.exec(word) ?? [];
  return end.length >= SHORTEST_PREFIX || /[^\p{Script=Latin}\p{N}]/u.test(end);
}
