import "server-only";
import type { RouterOutputs } from "@/api/root";
import { getQueryClient, trpc } from "@/ui/trpc/server";

/** Who is signed in, or null. It leaves the answer in the request's query cache for the pages. */
export async function findMember(): Promise<RouterOutputs["member"]["me"] | null> {
  try {
    return await getQueryClient().fetchQuery(trpc.member.me.queryOptions());
  } catch (error) {
    if (isUnauthorized(error)) return null;
    throw error;
  }
}

/** Whether somebody has set this installation up. */
export async function isClaimed(): Promise<boolean> {
  return (await getQueryClient().fetchQuery(trpc.setup.status.queryOptions())).claimed;
}

/** By name, as two copies of tRPC may meet in one process. */
function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "UNAUTHORIZED";
}
