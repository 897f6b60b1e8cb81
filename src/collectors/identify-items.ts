import { cleanText } from "@/domain/clean-text";
import type { CollectedItem } from "@/domain/item";
import { cleanFields, tidyText } from "./clean-item";
import { contentHash, sha256 } from "./content-hash";

/** An item before it has a key. */
export interface ItemDraft {
  /** What the source itself states as the item's identity. */
  key?: string;
  title?: string;
  url?: string;
  publishedAt?: Date;
  fields: object;
}

interface Candidate extends CollectedItem {
  hash: string;
}

const MAX_KEY_LENGTH = 512;
/** What sites put into their addresses for each visitor anew. */
const SESSION = /;jsessionid=[^?#/]*|(?<=[?&])(?:phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)=[^&#]*&?/gi;

interface IdentifyOptions {
  /** Rows of a table without keys may be equal and still be several. They get numbers then; otherwise equal items count once. */
  keepEqualRows?: boolean;
}

/**
 * Cleans drafts and gives each a key that is unique among them and stable from one collection to the next: its stated key, else
 * its address, else a hash of title and date, else of its content. Items that share a key but not their content are told apart by their addresses,
 * if those differ, else by title and date, else by content; all of them: which one comes first says nothing about which one was there before.
 */
export function identifyItems(drafts: ItemDraft[], { keepEqualRows = false }: IdentifyOptions = {}): CollectedItem[] {
  const candidates = drafts.map((draft) => toCandidate(draft, keepEqualRows));
  const shared = sharedKeys(candidates);
  const seen = new Map<string, number>();
  const items: CollectedItem[] = [];
  for (const { hash, ...item } of candidates) {
    const difference = shared.get(item.key)?.({ hash, ...item });
    const key = difference === undefined ? item.key : capKey(`${item.key}#${difference.slice(0, 16)}`);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count === 1) items.push({ ...item, key });
    else if (keepEqualRows && key === contentKey(hash)) items.push({ ...item, key: `${key}#${count}` });
  }
  return items;
}

type Difference = (candidate: Candidate) => string;

/** What may tell candidates of one key apart: what changes least about an item comes first. */
const DIFFERENCES: Difference[] = [({ url = "" }) => sha256(url), ({ url, title, publishedAt }) => sha256(JSON.stringify([url, title, publishedAt]))];

/** For each key of candidates that differ, what tells them apart. */
function sharedKeys(candidates: Candidate[]): Map<string, Difference> {
  const counts = new Map<string, number>();
  for (const { key } of candidates) counts.set(key, (counts.get(key) ?? 0) + 1);
  const shared = new Map<string, Map<string, Candidate>>();
  for (const candidate of candidates) {
    const { key, hash } = candidate;
    if ((counts.get(key) ?? 0) < 2) continue;
    shared.set(key, (shared.get(key) ?? new Map<string, Candidate>()).set(hash, candidate));
  }
  const differing = [...shared].filter(([, byHash]) => byHash.size > 1);
  return new Map(differing.map(([key, byHash]) => [key, differenceOf([...byHash.values()])]));
}

/** @param candidates no two of the same content */
function differenceOf(candidates: Candidate[]): Difference {
  return DIFFERENCES.find((difference) => new Set(candidates.map(difference)).size === candidates.length) ?? (({ hash }) => hash);
}

/** A key fit for an index: longer ones are replaced by their hash. */
function capKey(key: string): string {
  return key.length > MAX_KEY_LENGTH ? `sha256:${sha256(key)}` : key;
}

function toCandidate(draft: ItemDraft, byContent: boolean): Candidate {
  const publishedAt = draft.publishedAt && !Number.isNaN(draft.publishedAt.getTime()) ? draft.publishedAt : undefined;
  const content = { title: tidyText(draft.title), url: draft.url && withoutSession(draft.url), publishedAt, fields: cleanFields(draft.fields) };
  const hash = contentHash(content);
  const stated = cleanText(draft.key ?? "").trim();
  return { key: capKey(withoutSession(stated || fallbackKey(content, hash, byContent))), ...definedOnly(content), hash };
}

/** An address without the visit that it names: the item would be another one at each collection. */
function withoutSession(text: string): string {
  return text.startsWith("http") && /sess|cfid/i.test(text) ? text.replace(SESSION, "").replace(/[?&](?=#|$)/, "") : text;
}

function fallbackKey({ title, url, publishedAt }: Omit<CollectedItem, "key">, hash: string, byContent: boolean): string {
  if (byContent) return contentKey(hash);
  if (url) return url;
  return title ? `sha256:${sha256(`${title}\n${publishedAt?.toISOString() ?? ""}`)}` : contentKey(hash);
}

function contentKey(hash: string): string {
  return `sha256:${hash}`;
}

function definedOnly({ title, url, publishedAt, fields }: Omit<CollectedItem, "key">): Omit<CollectedItem, "key"> {
  return { ...(title !== undefined && { title }), ...(url !== undefined && { url }), ...(publishedAt && { publishedAt }), fields };
}
