import { z } from "zod";
import { conditionsOfAddress, itemAddressShape } from "@/domain/item-address";
import { readQuery } from "@/domain/read-query";
import { answerFile } from "./answer-file";
import { createContext } from "./context";
import { answerFeed, type FeedSubject, readItemFeed } from "./item-feed";
import { readAs, readerOf } from "./item-reader";

/** The query of `GET /api/items/feed`: a view, or the filters of the Items page's address. */
export const feedQuerySchema = z.strictObject({
  view: z.uuid("This is no view's id.").optional(),
  ...itemAddressShape,
  size: z.enum(["50", "200"], "A feed has 50 or 200 entries.").default("50"),
});

/** Answers `GET /api/items/feed`: the newest items as Atom, by session or API key. Feed readers, which send neither, take a link. */
export function handleItemFeed(request: Request): Promise<Response> {
  return answerFile(async (responseHeaders) => {
    const ctx = await createContext({ headers: request.headers, responseHeaders });
    const { pathname, searchParams, search } = new URL(request.url);
    const reader = readerOf(ctx);
    const { baseUrl } = ctx.settings;
    const feed = { orgId: reader.orgId, subject: readSubject(searchParams), baseUrl, selfUrl: `${baseUrl}${pathname}${search}` };
    return answerFeed(request, await readAs(ctx, reader, (tx) => readItemFeed(tx, feed)));
  });
}

function readSubject(params: URLSearchParams): FeedSubject {
  const { view = null, size, ...address } = readQuery(feedQuerySchema, params, { effect: "There is no such feed." });
  return { viewId: view, filter: conditionsOfAddress(address), size: Number(size) };
}
