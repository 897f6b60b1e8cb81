import { authenticateKey, readApiKey } from "@/auth/api-key";
import { sharedAuth } from "@/auth/auth";
import { countedAddress } from "@/auth/counted-address";
import { type Database, sharedDatabase } from "@/db/client";
import type { KeyIdentity } from "@/db/valid-keys";
import { SHOWN_ORGANIZATION_HEADER } from "@/domain/shown-organization";
import { type ApiEnvironment, sharedApiEnvironment } from "./environment";
import { toTrpcError } from "./error-mapping";

/** Who asks, as the session says. The organization comes from here and never from input. */
export interface ApiSession {
  id: string;
  userId: string;
  /** Null for a person who belongs to no organization. */
  organizationId: string | null;
}

/** What a procedure works with. It needs no request, so that tests can make one. */
export interface ApiContext extends ApiEnvironment {
  db: Database;
  session: ApiSession | null;
  /** The API key that the request came with. Then there is no session, whatever its cookies say. */
  apiKey: KeyIdentity | null;
  /** Who is counted when tries are limited, and what the audit names. */
  clientAddress: string;
  /** The organization that the asking page shows; null when it does not say. A session can have moved on to another one. */
  shownOrganizationId: string | null;
}

/**
 * The context of a request, by its API key or its cookies.
 * @param responseHeaders receives the renewed session cookie; leave it out where no cookie can be set (server components), then the session is not renewed.
 */
export async function createContext({ headers, responseHeaders }: { headers: Headers; responseHeaders?: Headers }): Promise<ApiContext> {
  const environment = sharedApiEnvironment();
  try {
    return {
      ...environment,
      db: sharedDatabase(),
      ...(await authenticate(headers, responseHeaders)),
      clientAddress: countedAddress(headers),
      shownOrganizationId: headers.get(SHOWN_ORGANIZATION_HEADER),
    };
  } catch (error) {
    throw toTrpcError(error, environment.log);
  }
}

/**
 * Who sent a request: the one place that reads keys and cookies.
 * @throws AppError `unauthenticated` for a key that is not valid, `rate_limited` for one that is used too often.
 */
async function authenticate(headers: Headers, responseHeaders: Headers | undefined): Promise<Pick<ApiContext, "session" | "apiKey">> {
  // Pages, which set no cookies, are for people: they show a program with a key the way to sign-in.
  const key = responseHeaders && readApiKey(headers);
  if (key) return { session: null, apiKey: await authenticateKey(sharedDatabase(), key, countedAddress(headers)) };
  return { session: await findSession(headers, responseHeaders), apiKey: null };
}

async function findSession(headers: Headers, responseHeaders: Headers | undefined): Promise<ApiSession | null> {
  const answer = await sharedAuth().api.getSession({ headers, query: { disableRefresh: !responseHeaders }, returnHeaders: true });
  for (const cookie of answer.headers.getSetCookie()) responseHeaders?.append("set-cookie", cookie);
  if (!answer.response) return null;
  const { id, userId, activeOrganizationId } = answer.response.session;
  return { id, userId, organizationId: activeOrganizationId ?? null };
}
