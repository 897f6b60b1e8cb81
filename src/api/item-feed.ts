import { createHash } from "node:crypto";
import { listItems } from "@/db/items";
import { getOrganizationFacts } from "@/db/organizations";
import { findSavedView } from "@/db/saved-views";
import type { Tx } from "@/db/transaction";
import { atomFeed, feedUpdatedAt } from "@/domain/atom-feed";
import { AppError } from "@/domain/errors";
import type { ItemConditions } from "@/domain/item";
import { addressOfConditions } from "@/domain/item-address";
import { knowsTag } from "./http-conditions";

/** The newest items of a view or of a filter. */
export interface FeedSubject {
  viewId: string | null;
  filter: ItemConditions;
  size: number;
}

interface FeedRequest {
  orgId: string;
  subject: FeedSubject;
  baseUrl: string;
  /** The address that the feed was asked for at. */
  selfUrl: string;
}

/** A feed as it is sent, with what readers ask for it again with. */
interface WrittenFeed {
  text: string;
  etag: string;
  updatedAt: Date;
}

/**
 * The Atom feed of a view or a filter as it is now.
 * @throws AppError `not_found` when there is no such view (any more).
 */
export async function readItemFeed(tx: Tx, { orgId, subject, baseUrl, selfUrl }: FeedRequest): Promise<WrittenFeed> {
  const view = subject.viewId === null ? null : await findSavedView(tx, orgId, subject.viewId);
  if (subject.viewId !== null && !view) throw new AppError("not_found", "There is no such view (any more), so there is no feed of it.");
  const filter = view?.filter ?? subject.filter;
  const { items } = await listItems(tx, orgId, { ...filter, limit: subject.size });
  const { name, createdAt } = await getOrganizationFacts(tx, orgId);
  const address = new URLSearchParams(addressOfConditions(filter)).toString();
  const feed = {
    id: urnOf("feed", orgId, view?.id ?? address),
    title: view ? `${view.name} – ${name}` : `Items – ${name}`,
    selfUrl,
    pageUrl: `${baseUrl}/items${address && `?${address}`}`,
    author: name,
    items,
    idOf: ({ id }: { id: string }) => urnOf("item", orgId, id),
    sinceAt: view?.updatedAt ?? createdAt,
  };
  const text = atomFeed(feed);
  return { text, etag: `"${createHash("sha256").update(text).digest("base64url")}"`, updatedAt: feedUpdatedAt(feed) };
}

/** The same thing has the same name for ever, also at another address of this installation (RFC 9562, version 8 over SHA-256). */
function urnOf(...parts: string[]): string {
  const bytes = createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")}`;
}

/** Sends the feed, or 304 to a reader that has it already (RFC 9110, section 13). */
export function answerFeed({ headers, method }: Request, { text, etag, updatedAt }: WrittenFeed): Response {
  const fields = {
    "content-type": "application/atom+xml; charset=utf-8",
    // Kept by the reader alone, and asked for anew each time.
    "cache-control": "private, no-cache",
    etag,
    "last-modified": updatedAt.toUTCString(),
  };
  if (isKnown(headers, etag, updatedAt)) return new Response(null, { status: 304, headers: fields });
  return new Response(method === "HEAD" ? null : text, { headers: fields });
}

/** The tag decides where a reader sends one: within a second a feed can change twice. */
function isKnown(headers: Headers, etag: string, updatedAt: Date): boolean {
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  return knowsTag(headers, etag) ?? Math.floor(updatedAt.getTime() / 1000) * 1000 <= since;
}
