import type { SourceTestResult } from "@/domain/source-test";

const BLOT = "•••";
/** A shorter value would blot out half the page. */
const SHORTEST_SECRET = 4;
/** What HTML calls characters besides their numbers. */
const ENTITY_NAMES: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/**
 * The result without the values of these headers: sites may repeat what they were sent, in their pages as in the address that they redirect
 * to, whole or in part, and as addresses, HTML and JSON write it. Values of three characters and fewer stay.
 */
export function blotOut(result: SourceTestResult, headers: Readonly<Record<string, string>>): SourceTestResult {
  const secrets = new Set(Object.values(headers).flatMap((value) => partsOf(value).filter((part) => part.length >= SHORTEST_SECRET)));
  if (secrets.size === 0) return result;
  // The longest first: one that another begins with would leave the rest of that.
  const patterns = [...secrets].sort((one, other) => other.length - one.length).map((secret) => Array.from(secret, patternOf).join(""));
  const written = new RegExp(patterns.join("|"), "gu");
  return JSON.parse(JSON.stringify(result), (_key, value: unknown) => (typeof value === "string" ? value.replace(written, BLOT) : value));
}

/** A value and what is secret in it: x of "Bearer x" and of "session=x; theme=dark", and the password that "Basic x" stands for. */
function partsOf(value: string): string[] {
  const words = value.split(/[\s;,]+/);
  const stated = words.map((word) => word.replace(/^[^=]*=(?!=*$)/, "").replace(/^"|"$/g, ""));
  return [value.trim(), ...words, ...stated, ...credentialsOf(words)];
}

function credentialsOf([scheme = "", encoded = ""]: string[]): string[] {
  if (scheme.toLowerCase() !== "basic") return [];
  const credentials = Buffer.from(encoded, "base64").toString();
  return [credentials, credentials.slice(credentials.indexOf(":") + 1)];
}

/** A character as it is, or as addresses, HTML and JSON write it. Letters and digits are written as they are. */
function patternOf(character: string): string {
  if (/^[a-z0-9]$/i.test(character)) return character;
  const hex = Buffer.from(character).toString("hex");
  const percent = hex.replace(/../g, (byte) => `%${anyCase(byte)}`);
  const code = character.codePointAt(0) ?? 0;
  const named = ENTITY_NAMES[character] ? `|&${ENTITY_NAMES[character]};` : "";
  const point = anyCase(code.toString(16));
  return `(?:\\\\?\\u{${code.toString(16)}}|${percent}${character === " " ? "|\\+" : ""}|&#0?${code};|&#[xX]0?${point};|\\\\u00${point}${named})`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
