import { z } from "zod";
import { AUDIT_GROUPS, type AuditFilter } from "@/domain/audit";

/** What the Audit page can be narrowed to; it stands in the address, so that a view can be shared and survives Back. */
export type AuditView = Pick<AuditFilter, "actorId" | "group" | "subjectId" | "from" | "to" | "text">;

type Params = Record<string, string | string[] | undefined>;

const uuid = z.uuid();
const group = z.enum(AUDIT_GROUPS);
const date = z.iso.date();
const subject = z.string().min(1).max(100);
const TEXT_LIMIT = 200;

/** The name of each filter in the address. */
const NAMES = { actorId: "who", group: "about", subjectId: "subject", from: "from", to: "to", text: "q" } as const satisfies Record<keyof AuditView, string>;

/** Reads the address leniently: what is no filter filters nothing. */
export function auditViewOf(params: Params): AuditView {
  const text = typeof params.q === "string" ? params.q.trim().slice(0, TEXT_LIMIT) : "";
  return withoutBlanks({
    actorId: uuid.safeParse(params.who).data,
    group: group.safeParse(params.about).data,
    subjectId: subject.safeParse(params.subject).data,
    from: date.safeParse(params.from).data,
    to: date.safeParse(params.to).data,
    text,
  });
}

/** Without what filters nothing: two views are the same when they look the same. */
export function withoutBlanks(view: AuditView): AuditView {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined && value !== "")) as AuditView;
}

/** The address of a view: "/settings/audit?about=schedule&q=…". */
export function auditViewHref(view: AuditView): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(withoutBlanks(view))) params.set(NAMES[name as keyof AuditView], String(value));
  return params.size === 0 ? "/settings/audit" : `/settings/audit?${params}`;
}

/** What the API is asked for; the page's prefetch and the list must agree on it. */
export function auditListInput(view: AuditView): AuditView & { limit: number } {
  return { ...view, limit: 50 };
}

/** How the list goes on. */
export const AUDIT_PAGING = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor };
