import { sharedAuth } from "@/auth/auth";
import { countedAddress } from "@/auth/counted-address";
import { type Database, sharedDatabase } from "@/db/client";
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
  /** Who is counted when tries are limited. */
  clientAddress: string;
  /** The organization that the asking page shows; null when it does not say. A session can have moved on to another one. */
  shownOrganizationId: string | null;
}

/**
 * The context of a request, by its cookies.
 * @param responseHeaders receives the renewed session cookie; leave it out where no cookie can be set (server components), then the session is not renewed.
 */
export async function createContext({ headers, responseHeaders }: { headers: Headers; responseHeaders?: Headers }): Promise<ApiContext> {
  const environment = sharedApiEnvironment();
  try {
    return {
      ...environment,
      db: sharedDatabase(),
      session: await findSession(headers, responseHeaders),
      clientAddress: countedAddress(headers),
      shownOrganizationId: headers.get(SHOWN_ORGANIZATION_HEADER),
    };
  } catch (error) {
    throw toTrpcError(error, environment.log);
  }
}

async function findSession(headers: Headers, responseHeaders: Headers | undefined): Promise<ApiSession | null> {
  const answer = await sharedAuth().api.getSession({ headers, query: { disableRefresh: !responseHeaders }, returnHeaders: true });
  for (const cookie of answer.headers.getSetCookie()) responseHeaders?.append("set-cookie", cookie);
  if (!answer.response) return null;
  const { id, userId, activeOrganizationId } = answer.response.session;
  return { id, userId, organizationId: activeOrganizationId ?? null };
}
