import "server-only";
import type { FetchQueryOptions, QueryKey } from "@tanstack/react-query";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getQueryClient } from "@/ui/trpc/server";
import { hasCode } from "./has-code";
import { signInPath } from "./next-path";

/**
 * Waits for one thing that a page is about. An id that is unknown, another organization's or no id at all gives the same "not found"
 * page, so that nobody learns what exists; whoever is signed out is sent to sign-in, and whoever is no longer a member to the first page,
 * which says so.
 */
export async function getOrNotFound<Data, Failure, Key extends QueryKey>(options: FetchQueryOptions<Data, Failure, Data, Key>): Promise<Data> {
  try {
    return await getQueryClient().fetchQuery({ ...options, retry: false, meta: { isAwaited: true } });
  } catch (error) {
    if (hasCode(error, "NOT_FOUND", "BAD_REQUEST")) notFound();
    if (hasCode(error, "UNAUTHORIZED")) redirect(signInPath((await headers()).get("x-request-path")));
    if (hasCode(error, "FORBIDDEN")) redirect("/schedule");
    throw error;
  }
}
