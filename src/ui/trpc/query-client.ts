import { defaultShouldDehydrateQuery, isServer, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";
import { isRefusal } from "@/ui/error-message";

/** Data younger than this is not fetched again on mount, so that a hydrated page sends no request (30 s). */
const FRESH_MS = 30_000;

/** The settings that server and browser share; pending queries travel too, so that a page can stream before its data is there. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A refusal (no session, not found, bad input) stays one; only a lost connection or a failing server is worth another try.
        // On the server a retry would only hold the page back.
        retry: (failures, error) => !isServer && failures < 2 && !isRefusal(error),
      },
      dehydrate: {
        serializeData: superjson.serialize,
        // What a page waits for is not streamed: a "not found" would reach the browser, and the log, as a failed promise.
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || (query.state.status === "pending" && !query.meta?.isAwaited),
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
