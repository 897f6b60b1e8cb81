import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { isAppError } from "@/domain/errors";
import { createContext } from "./context";
import { sharedApiEnvironment } from "./environment";
import { toTrpcError } from "./error-mapping";
import { appRouter } from "./root";

const MOST_CALLS = 10;

/** Answers tRPC requests: GET for queries and subscriptions, POST for mutations. Nothing is ever cached. */
export async function handleApiRequest(request: Request): Promise<Response> {
  // tRPC would carry out a mutation without input for a form of another site; JSON needs that site's permission first.
  if (request.method === "POST" && !request.headers.get("content-type")?.startsWith("application/json")) {
    return new Response("Send JSON.", { status: 415 });
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: MOST_CALLS,
    createContext: ({ resHeaders }) => createContext({ headers: request.headers, responseHeaders: resHeaders }),
    responseMeta: ({ errors }) => metaOf(errors),
    // Logs what failed outside of a procedure; the rest is logged already.
    onError: ({ error }) => void toTrpcError(error, sharedApiEnvironment().log),
  });
}

function metaOf(errors: readonly TRPCError[]) {
  const refusals = errors.map(({ cause }) => cause).filter(isAppError);
  const wait = refusals.find((refusal) => refusal.details.retryAfterSeconds !== undefined)?.details.retryAfterSeconds;
  return {
    headers: { "cache-control": "no-store", ...(wait !== undefined && { "retry-after": String(wait) }) },
    ...(refusals.some(({ code }) => code === "gone") && { status: 410 }),
  };
}
