"use client";
import { isServer, onlineManager, type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext, createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "@/api/root";
import { SHOWN_ORGANIZATION_HEADER } from "@/domain/shown-organization";
import { makeQueryClient } from "./query-client";
import { watchConnection } from "./watch-connection";

const context = createTRPCContext<AppRouter>();

/** Typed options for every procedure: `useSuspenseQuery(useTRPC().schedule.get.queryOptions())`. */
export const useTRPC = context.useTRPC;
/** The plain client, for calls outside of a query. */
export const useTRPCClient = context.useTRPCClient;

const API_PATH = "/api/trpc";
/** The server refuses larger batches. */
const MAX_BATCH = 10;

function makeClient(queryClient: QueryClient) {
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: API_PATH, transformer: superjson }),
        false: httpBatchLink({ url: API_PATH, transformer: superjson, maxItems: MAX_BATCH, headers: shownOrganization }),
      }),
    ],
  });
  const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

  /** The server refuses a call of a page whose session has moved on to another organization, in another tab. */
  function shownOrganization(): Record<string, string> {
    const me = queryClient.getQueryData(api.member.me.queryKey());
    return me ? { [SHOWN_ORGANIZATION_HEADER]: me.organization.id } : {};
  }

  return client;
}

let browserQueryClient: QueryClient | undefined;

// One per request on the server: a shared one would show one person another's data.
function queryClientForHere(): QueryClient {
  if (isServer) return makeQueryClient();
  if (!browserQueryClient) {
    browserQueryClient = makeQueryClient();
    onlineManager.setEventListener(watchConnection);
  }
  return browserQueryClient;
}

/** Gives the tree below it the typed API and the query cache. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const queryClient = queryClientForHere();
  const [client] = useState(() => makeClient(queryClient));
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
