import { CollectError, isCollectError } from "./collect-error";

/**
 * The CollectError for whatever a request threw. Refused, unreachable and reset connections read alike on purpose:
 * a message must not tell which ports of a host are open.
 */
export function readableFetchError(error: unknown, caller: AbortSignal, deadline: AbortSignal): CollectError {
  if (caller.aborted) return cancelledError(error);
  if (deadline.aborted) return timeoutError(error);
  if (isCollectError(error)) return error;
  return fromCode(codeOf(error), error);
}

function fromCode(code: string, cause: unknown): CollectError {
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return timeoutError(cause);
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return new CollectError("too_large", "The site's answer begins with too many headers. Nothing was collected. Use another address.", { cause });
  }
  if (code === "UND_ERR_SOCKET" || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return connectError("The site closed the connection before its answer was complete.", cause);
  }
  if (code.startsWith("HPE_")) return connectError("The site's answer is not valid HTTP.", cause);
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER") return connectError("The site has no TLS at this address: begin it with http://, or use another port.", cause);
  if (/CERT|SSL|TLS|EPROTO|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return connectError("The connection to the site is not secure: its certificate could not be verified.", cause);
  }
  return connectError("The connection to the site failed.", cause);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The error for a page that nobody waits for any more. */
export function cancelledError(cause?: unknown): CollectError {
  return new CollectError("cancelled", "The run was stopped before the page was read.", { cause });
}

/** The error for a site, or a name server, that does not answer in time. */
export function timeoutError(cause?: unknown): CollectError {
  const message = "The site took too long to answer. Nothing was collected. The next run tries again.";
  return new CollectError("timeout", message, { retryable: true, cause });
}

function connectError(what: string, cause: unknown): CollectError {
  return new CollectError("connect", `${what} Nothing was collected. The next run tries again.`, { retryable: true, cause });
}
