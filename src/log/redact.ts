import { readableStack } from "@/config/readable-stack";

const CENSOR = "[redacted]";

/** Keys whose value never reaches the log. `headers` as a whole: a source's credentials hide under any header name. */
const SECRET_KEY =
  /^(headers?|(proxy-?)?authorization|(set-?)?cookies?|connection_?string|(migration_?)?database_?url|api-?_?key)$|password|passwd|secret|token|credential/i;

const SECRET_PARAMETER = /([?&](?:[\w.-]*(?:token|secret|password|signature)|(?:api[_-]?)?key|auth|sig|code)=)[^&#\s"'<>]+/gi;
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@"'<>]+@/gi;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;
/** One of our own API keys, wherever it stands. Its beginning is no secret and says which one it is. */
const API_KEY = /\b(mr_[0-9a-f]{8}_)[\w-]{8,}/g;

/** A key that webhooks are signed with. */
const SIGNING_KEY = /\bwhsec_[\w+/=-]{8,}/g;
/** The signature of a link to items. What stands before it says which link it is and is no secret. */
const ITEM_LINK = /(\/api\/links\/[0-9a-f-]{36}\.)[\w-]{8,}/gi;

/** Deeper than any object worth logging; what lies below is cut off. */
const DEEPEST = 6;

export function redactText(text: string): string {
  return text
    .replace(USER_INFO, `$1${CENSOR}@`)
    .replace(SECRET_PARAMETER, `$1${CENSOR}`)
    .replace(AUTHORIZATION, `$1 ${CENSOR}`)
    .replace(API_KEY, `$1${CENSOR}`)
    .replace(SIGNING_KEY, `whsec_${CENSOR}`)
    .replace(ITEM_LINK, `$1${CENSOR}`);
}

/** A copy that is safe to log: no secret values, no credentials in addresses, errors reduced to name, message, code, stack and cause. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth >= DEEPEST) return "[…]";
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  return redactEntries(value, depth);
}

export function redactEntries(object: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, SECRET_KEY.test(key) && value !== undefined && value !== null ? CENSOR : redact(value, depth + 1)]),
  );
}

/** Database errors carry the whole client with its password: only these fields are worth a line. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error ? error.code : undefined;
  return {
    type: error.name,
    message: redactText(error.message),
    ...(code === undefined ? {} : { code }),
    stack: redactText(readableStack(error.stack ?? "")),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
