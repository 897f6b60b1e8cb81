import "server-only";
import { dehydrate, type FetchQueryOptions, HydrationBoundary, type QueryKey } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { createContext } from "@/api/context";
import { appRouter } from "@/api/root";
import { hasCode } from "@/ui/session/has-code";
import { signInPath } from "@/ui/session/next-path";
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
 * Hands what was prefetched in this request to the client components inside. Whoever is signed out is sent to sign-in: a page that is asked
 * for from another one comes without the layout that would do so. Whoever is in no organization is handed nothing, as each refused query
 * would stand in the log as a failure.
 */
export async function Hydrate({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  const me = trpc.member.me.queryOptions();
  await queryClient.prefetchQuery(me);
  if (hasCode(queryClient.getQueryState(me.queryKey)?.error, "UNAUTHORIZED")) redirect(signInPath((await headers()).get("x-request-path")));
  const isMember = queryClient.getQueryData(me.queryKey) !== undefined;
  return <HydrationBoundary state={isMember ? dehydrate(queryClient) : undefined}>{children}</HydrationBoundary>;
}
