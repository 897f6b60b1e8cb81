import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { isAppError } from "@/domain/errors";
import { sharedApiEnvironment } from "./environment";
import { publicMessage, toTrpcError } from "./error-mapping";

/**
 * What answers a request that is not tRPC's: the answer of `work`, or its refusal as a sentence in JSON. Nothing is cached unless the answer
 * says so.
 * @param work Is given the headers to add to, as for a renewed cookie.
 */
export async function answerFile(work: (responseHeaders: Headers) => Promise<Response>): Promise<Response> {
  const responseHeaders = new Headers({ "cache-control": "no-store" });
  try {
    const response = await work(responseHeaders);
    for (const [name, value] of responseHeaders) {
      if (name === "set-cookie") response.headers.append(name, value);
      else if (!response.headers.has(name)) response.headers.set(name, value);
    }
    return response;
  } catch (error) {
    const refusal = toTrpcError(error, sharedApiEnvironment().log);
    const wait = isAppError(refusal.cause) ? refusal.cause.details.retryAfterSeconds : undefined;
    if (wait !== undefined) responseHeaders.set("retry-after", String(wait));
    return Response.json({ message: publicMessage(refusal) }, { status: getHTTPStatusCodeFromError(refusal), headers: responseHeaders });
  }
}
