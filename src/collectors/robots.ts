/** A rule for paths; the longest that matches decides. */
interface RobotsRule {
  allow: boolean;
  /** As the site wrote it. */
  written: string;
  /** What stands between the wildcards, percent-encoded alike. */
  parts: string[];
  /** Whether the last part has to be the end of the path. */
  anchored: boolean;
  length: number;
}

/** What a robots.txt says to one program. */
export interface RobotsRules {
  /** Those that decide first come first. */
  rules: RobotsRule[];
  /** The pause that the site asks for, in milliseconds; 0 when it does not. */
  crawlDelayMs: number;
}

/** What the robots.txt of its site says of an address. */
export interface RobotsWord {
  /** The rule that keeps programs away; null where they may come. */
  refusal: string | null;
  /** The pause that the site asks for, in milliseconds; 0 when it does not. */
  crawlDelayMs: number;
  /** It has no rules for this program: most often there is no such file. */
  isSilent: boolean;
}

/** A site cannot ask for a longer pause. */
const MAX_CRAWL_DELAY_MS = 30_000;
/** Misspellings that are common enough for search engines to understand them. */
const USER_AGENT = /^user[- ]?agent$/;
const DISALLOW = /^(?:d[ei]ss?all?[oa]w|diasllow)$/;

/**
 * Reads a robots.txt (RFC 9309) for the program of this product token: the rules of all groups that name it or, where none does, of those for
 * everybody. Lines that make no sense say nothing, so that text of another kind allows everything.
 */
export function parseRobots(text: string, productToken: string): RobotsRules {
  const own: RobotsRules = { rules: [], crawlDelayMs: 0 };
  const general: RobotsRules = { rules: [], crawlDelayMs: 0 };
  const groups = new Set<RobotsRules>();
  let ownIsNamed = false;
  let naming = false;
  for (const [key, value] of readLines(text)) {
    if (USER_AGENT.test(key)) {
      // Names that follow one another share the rules after them.
      if (!naming) groups.clear();
      naming = true;
      if (isName(value, productToken)) groups.add(own);
      if (isEverybody(value)) groups.add(general);
      ownIsNamed ||= groups.has(own);
    } else if (key === "allow" || DISALLOW.test(key)) {
      naming = false;
      for (const { rules } of value === "" ? [] : groups) rules.push(readRule(key === "allow", value));
    } else if (key === "crawl-delay") {
      for (const group of groups) group.crawlDelayMs = readDelay(value);
    }
  }
  const { rules, crawlDelayMs } = ownIsNamed ? own : general;
  return { rules: rules.sort(byPrecedence), crawlDelayMs };
}

function byPrecedence(one: RobotsRule, other: RobotsRule): number {
  return other.length - one.length || Number(other.allow) - Number(one.allow);
}

/** What the site wrote that keeps the program from this address; null when nothing does. Of equally long rules the one that allows counts. */
export function findRefusal({ rules }: RobotsRules, url: URL): string | null {
  const path = encodeAlike(url.pathname + url.search)
    .replaceAll("*", "%2A")
    .replaceAll("$", "%24");
  const rule = path === "/robots.txt" ? undefined : rules.find((each) => matches(each, path));
  return rule === undefined || rule.allow ? null : rule.written;
}

function* readLines(text: string): Generator<[key: string, value: string]> {
  for (const line of text.split(/[\r\n]+/)) {
    // No expression goes over a whole line: one that a hostile site wrote could take for ever.
    const statement = line.split("#", 1)[0]?.trim() ?? "";
    const colon = statement.indexOf(":");
    // Without a colon two words are understood, as search engines do.
    const [key = "", value] = colon === -1 ? statement.split(/\s+/, 3) : [statement.slice(0, colon).trim(), statement.slice(colon + 1).trim()];
    if (value !== undefined) yield [key.toLowerCase(), value];
  }
}

function isName(name: string, productToken: string): boolean {
  return /^[a-z_-]+/i.exec(name)?.[0].toLowerCase() === productToken.toLowerCase();
}

function isEverybody(name: string): boolean {
  return /^\*(?:\s|$)/.test(name);
}

function readRule(allow: boolean, written: string): RobotsRule {
  const anchored = written.endsWith("$");
  const pattern = anchored ? written.slice(0, -1) : written;
  const parts = pattern.split(/\*+/).map((part) => encodeAlike(part).replaceAll("$", "%24"));
  return { allow, written, parts, anchored, length: parts.join("*").length + Number(anchored) };
}

function readDelay(value: string): number {
  const seconds = Number(value);
  return seconds > 0 ? Math.min(MAX_CRAWL_DELAY_MS, Math.ceil(seconds * 1000)) : 0;
}

/** Octets that need no encoding are written plainly, all others percent-encoded in capitals (RFC 9309, section 2.2.2). */
function encodeAlike(text: string): string {
  return text.replace(/%[0-9a-f]{2}|[^\x21-\x7e]+/gi, (part) => {
    if (part.length !== 3 || part[0] !== "%") return encodeURIComponent(part);
    const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : part.toUpperCase();
  });
}

/** Each part at its first chance: no part can gain by coming later, and the time stays short whatever the site wrote. */
function matches({ parts, anchored }: RobotsRule, path: string): boolean {
  const [first = "", ...others] = parts;
  const last = anchored ? others.pop() : undefined;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!anchored) return true;
  return last === undefined ? path.length === at : path.endsWith(last) && path.length - last.length >= at;
}
