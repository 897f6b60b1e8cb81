"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";
import { mayManage } from "./may-manage";

/** What the pages need to know about the reader: the zone in which times are written, and whether controls that change things show. */
export interface Membership {
  timeZone: string;
  canEdit: boolean;
  /** Sees the audit, and manages API keys. */
  canManage: boolean;
}

/** The reader's membership in the organization. The server decides anew on each call; this only keeps controls out of sight. */
export function useMembership(): Membership {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.member.me.queryOptions());
  return { timeZone: data.organization.timeZone, canEdit: data.role !== "viewer", canManage: mayManage(data.role) };
}
