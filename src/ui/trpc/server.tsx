import "server-only";
import { dehydrate, type FetchQueryOptions, HydrationBoundary, type QueryKey } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { createContext } from "@/api/context";
import { appRouter } from "@/api/root";
import { makeQueryClient } from "./query-client";

/** The query cache of this request. */
export const getQueryClient = cache(makeQueryClient);

/** Typed options for every procedure, called in this process without HTTP. */
export const trpc = createTRPCOptionsProxy({
  ctx: async () => createContext({ headers: await headers() }),
  router: appRouter,
  queryClient: getQueryClient,
});

/** Starts a query and does not wait for it; `Hydrate` hands it to the browser, finished or not. */
export function prefetch<Data, Failure, Key extends QueryKey>(options: FetchQueryOptions<Data, Failure, Data, Key>): void {
  void getQueryClient().prefetchQuery(options);
}

/**
 * Hands what was prefetched in this request to the client components inside. To whoever is signed out it hands nothing: their
 * page is on its way to sign-in, and each refused query would stand in the log as a failure.
 */
export async function Hydrate({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  const me = trpc.member.me.queryOptions();
  await queryClient.prefetchQuery(me);
  const isSignedIn = queryClient.getQueryData(me.queryKey) !== undefined;
  return <HydrationBoundary state={isSignedIn ? dehydrate(queryClient) : undefined}>{children}</HydrationBoundary>;
}
