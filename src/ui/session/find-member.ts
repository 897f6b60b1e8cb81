import "server-only";
import type { RouterOutputs } from "@/api/root";
import { getQueryClient, trpc } from "@/ui/trpc/server";
import { hasCode } from "./has-code";

/**
 * Who is signed in as a member of an organization, or null: see `findOrganizations`. It leaves the answer in the request's query cache
 * for the pages.
 */
export function findMember(): Promise<RouterOutputs["member"]["me"] | null> {
  return nullWhenRefused(getQueryClient().fetchQuery(trpc.member.me.queryOptions()), "UNAUTHORIZED", "FORBIDDEN");
}

/** The organizations of whoever is signed in; null when nobody is. Whoever was removed from the last one has none. */
export function findOrganizations(): Promise<RouterOutputs["organization"]["list"] | null> {
  return nullWhenRefused(getQueryClient().fetchQuery(trpc.organization.list.queryOptions()), "UNAUTHORIZED");
}

/** Whether somebody has set this installation up. */
export async function isClaimed(): Promise<boolean> {
  return (await getQueryClient().fetchQuery(trpc.setup.status.queryOptions())).claimed;
}

async function nullWhenRefused<Answer>(asking: Promise<Answer>, ...codes: string[]): Promise<Answer | null> {
  try {
    return await asking;
  } catch (error) {
    if (hasCode(error, ...codes)) return null;
    throw error;
  }
}
