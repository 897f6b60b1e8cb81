import type { RouterOutputs } from "@/api/root";

/** Whether pages for owners and admins show more than that they are for them. The server decides anew on each call. */
export function mayManage(role: RouterOutputs["member"]["me"]["role"]): boolean {
  return role === "owner" || role === "admin";
}
