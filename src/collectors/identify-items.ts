import type { CollectedItem } from "@/domain/item";
import { cleanFields, cleanText, tidyText } from "./clean-item";
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

interface IdentifyOptions {
  /** Rows of a table without keys may be equal and still be several. They get numbers then; otherwise equal items count once. */
  keepEqualRows?: boolean;
}

/**
 * Cleans drafts and gives each a key that is unique among them and stable from one collection to the next: its stated key, else
 * its address, else a hash of title and date, else of its content. Items that share a key but not their content are told
 * apart by content, all of them: which one comes first says nothing about which one was there before.
 */
export function identifyItems(drafts: ItemDraft[], { keepEqualRows = false }: IdentifyOptions = {}): CollectedItem[] {
  const candidates = drafts.map((draft) => toCandidate(draft, keepEqualRows));
  const hashesByKey = new Map<string, Set<string>>();
  for (const { key, hash } of candidates) hashesByKey.set(key, (hashesByKey.get(key) ?? new Set()).add(hash));
  const seen = new Map<string, number>();
  const items: CollectedItem[] = [];
  for (const { hash, ...item } of candidates) {
    const shared = (hashesByKey.get(item.key)?.size ?? 0) > 1;
    const key = shared ? capKey(`${item.key}#${hash.slice(0, 16)}`) : item.key;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count === 1) items.push({ ...item, key });
    else if (keepEqualRows && key === contentKey(hash)) items.push({ ...item, key: `${key}#${count}` });
  }
  return items;
}

/** A key fit for an index: longer ones are replaced by their hash. */
function capKey(key: string): string {
  return key.length > MAX_KEY_LENGTH ? `sha256:${sha256(key)}` : key;
}

function toCandidate(draft: ItemDraft, byContent: boolean): Candidate {
  const publishedAt = draft.publishedAt && !Number.isNaN(draft.publishedAt.getTime()) ? draft.publishedAt : undefined;
  const content = { title: tidyText(draft.title), url: draft.url, publishedAt, fields: cleanFields(draft.fields) };
  const hash = contentHash(content);
  const stated = cleanText(draft.key ?? "").trim();
  return { key: capKey(stated || fallbackKey(content, hash, byContent)), ...definedOnly(content), hash };
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
