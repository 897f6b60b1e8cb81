import { countedAddress } from "@/auth/counted-address";
import { isSignatureOf, readLinkToken } from "@/auth/link-signature";
import { type Database, sharedDatabase } from "@/db/client";
import { checkLink, recognizeLink, type StoredLink } from "@/db/item-links";
import { countInWindow } from "@/db/rate-limit";
import { AppError, isAppError } from "@/domain/errors";
import { INVALID_LINK, type LinkSubject, linkSubjectSchema } from "@/domain/item-link";
import { answerFile } from "./answer-file";
import { sendFinishedExport } from "./download-export";
import { sharedApiEnvironment } from "./environment";
import { sendExport } from "./export-items";
import { answerFeed, type FeedSubject, readItemFeed } from "./item-feed";
import { type ItemReader, readAs } from "./item-reader";

const WINDOW_MS = 60_000;
/** Requests with one link, over all processes. */
const USES_A_MINUTE = 120;
/** Requests of one address with links that do not work. */
const FAILURES_A_MINUTE = 30;

/**
 * Answers `GET /api/links/{token}`: what a link shows, to whoever has it. A link that is unknown, wrongly signed, expired, revoked, or whose
 * maker left is refused with the same words, and so is one to what is not there any more.
 */
export function handleItemLink(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return answerFile(async (responseHeaders) => {
    responseHeaders.set("x-robots-tag", "noindex");
    const db = sharedDatabase();
    const { token } = await params;
    const link = await findLink(db, token);
    if (!link) throw await refusal(db, countedAddress(request.headers));
    const { count, endsInMs } = await countInWindow(db.system, `link|${link.id}`, WINDOW_MS);
    if (count > USES_A_MINUTE) throw tooOften(`This link was used more than ${USES_A_MINUTE} times within a minute.`, endsInMs);
    return show(db, link, request, `/api/links/${token}`).catch((error: unknown) => {
      throw isAppError(error) && error.code === "not_found" ? new AppError("not_found", INVALID_LINK) : error;
    });
  });
}

async function findLink(db: Database, token: string): Promise<StoredLink | null> {
  const read = readLinkToken(token);
  const link = read && (await recognizeLink(db.system, read.id));
  return link && isSignatureOf(db.keys, link, read.signature) ? link : null;
}

async function refusal(db: Database, address: string): Promise<AppError> {
  const { count, endsInMs } = await countInWindow(db.system, `link.refused|${address}`, WINDOW_MS);
  return count > FAILURES_A_MINUTE ? tooOften("Too many requests with links that do not work.", endsInMs) : new AppError("not_found", INVALID_LINK);
}

function tooOften(what: string, endsInMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(endsInMs / 1_000));
  return new AppError("rate_limited", `${what} Try again in ${seconds} s.`, { retryAfterSeconds: seconds });
}

async function show(db: Database, link: StoredLink, request: Request, path: string): Promise<Response> {
  const { log, settings } = sharedApiEnvironment();
  const { baseUrl } = settings;
  const ctx = { db, log };
  const reader: ItemReader = { orgId: link.orgId, id: link.id, check: (tx) => checkLink(tx, link) };
  const subject = linkSubjectSchema.parse(JSON.parse(link.subject));
  if (subject.what === "export") return sendExport(ctx, reader, subject.query, request);
  if (subject.what === "file") return sendFinishedExport(ctx, reader, subject.exportId, request);
  const feed = { orgId: link.orgId, subject: feedOf(subject), baseUrl, selfUrl: `${baseUrl}${path}` };
  return answerFeed(request, await readAs(ctx, reader, (tx) => readItemFeed(tx, feed)));
}

function feedOf(subject: Extract<LinkSubject, { size: number }>): FeedSubject {
  return subject.what === "feed" ? { viewId: null, filter: subject.filter, size: subject.size } : { viewId: subject.viewId, filter: {}, size: subject.size };
}
