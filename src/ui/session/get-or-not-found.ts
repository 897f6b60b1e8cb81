import "server-only";
import type { FetchQueryOptions, QueryKey } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { getQueryClient } from "@/ui/trpc/server";

/**
 * Waits for one thing that a page is about. An id that is unknown, another organization's or no id at all gives the same "not found"
 * page, so that nobody learns what exists.
 */
export async function getOrNotFound<Data, Failure, Key extends QueryKey>(options: FetchQueryOptions<Data, Failure, Data, Key>): Promise<Data> {
  try {
    return await getQueryClient().fetchQuery({ ...options, retry: false });
  } catch (error) {
    if (isMissing(error)) notFound();
    throw error;
  }
}

/** By shape: the API's copy of TRPCError may be another one. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST");
}
