import { type HtmlElement, textOf } from "./html-element";

const LONGEST_PRICE = 30;
const CURRENCY = "[$€£¥₹₽₩₺₴]|(?:us|a|c)\\$|r\\$|(?:chf|eur|usd|gbp|sek|nok|dkk|pln|czk|kr|zł|kč|ft|lei|руб)\\.?";
const PRICE = new RegExp(`^(?:\\p{L}+\\.?:?\\s+)?(?:(?:${CURRENCY})\\s?\\d[\\d.,' ]*|\\d[\\d.,' ]*(?:[,.]-)?\\s?(?:${CURRENCY}))$`, "iu");
/** What is saved, paid besides, or was asked before. */
const OTHER_SUM = /^(?:was|old|list|reg|regular|rrp|msrp|uvp|statt|before|save|off|shipping|delivery|versand)\b/i;
/** Forints have a capital. */
const FEET = /\bft\b/;
const FORMER_TAGS = ["del", "s", "strike"];
const FORMER_NAME = /(?:^|[-_])(?:old|was|before|former|regular|original|list|strike)(?:[-_]|$)/i;

/** Whether an element says what something costs now, and no more. */
export function saysPrice(element: HtmlElement): boolean {
  const text = textOf(element);
  return text.length <= LONGEST_PRICE && PRICE.test(text) && !OTHER_SUM.test(text) && !FEET.test(text) && !isFormer(element);
}

/** What something cost before. */
function isFormer(element: HtmlElement): boolean {
  const near = [element, element.parentElement].filter((one) => one !== null);
  return near.some(({ localName, classList }) => FORMER_TAGS.includes(localName) || Array.from(classList).some((name) => FORMER_NAME.test(name)));
}
