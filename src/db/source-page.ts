import { z } from "zod";
import { AppError } from "@/domain/errors";
import { MOST_CHOSEN } from "@/domain/source-bulk";
import type { ListedSource, SourceCollection, SourceMatch, SourceOrder, SourcePageInput } from "@/domain/source-page";
import { Prisma } from "@/generated/prisma/client";
import { IS_FAILING } from "./attention";
import { holdsWords } from "./keyset";
import { slotAfterSkip } from "./schedule-view";
import type { Tx } from "./transaction";

const SHOWN_COLLECTIONS = 20;

interface SourceRow extends Omit<ListedSource, "history"> {
  /** JSON knows no instants. */
  history: (Omit<SourceCollection, "at"> & { at: string })[];
  key: string;
}

interface SourcePage {
  sources: ListedSource[];
  nextCursor: string | null;
  total: number;
  failing: number;
  all: number;
}

/** What rows are ordered by, as text that sorts the same. */
const KEYS: Record<SourceOrder, Prisma.Sql> = {
  name: Prisma.sql`lower(s.name)`,
  last_success: Prisma.sql`coalesce(to_char(s.last_success_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'), '')`,
};

/**
 * A page of the organization's sources with how their last collections went and when the next one is. A source that is renamed or collected
 * while somebody pages may come twice or not at all; no other does.
 * @throws AppError `validation` at `cursor` when the cursor is not one that this function gave out.
 */
export async function listSourcePage(tx: Tx, orgId: string, input: SourcePageInput): Promise<SourcePage> {
  const matching = matchingSources(orgId, input);
  const key = KEYS[input.order];
  const after = input.cursor ? Prisma.sql`and (${key}, s.id) > (${decodeCursor(input.cursor)})` : Prisma.empty;
  const rows = await tx.$queryRaw<SourceRow[]>`
    select s.id, s.name, s.kind::text as kind, s.url, s.enabled, s.last_success_at as "lastSuccessAt", s.last_failure_message as "lastFailureMessage",
      s.consecutive_failures as "consecutiveFailures", s.crash_count as "crashCount", s.quarantined_at as "quarantinedAt", s.key,
      ${presetsOf} as presets, ${historyOf} as history, ${nextTryOf} as "nextTryAt"
    from (select s.*, ${key} as key from source s where ${matching} ${after} order by ${key}, s.id limit ${input.limit + 1}) s
    order by s.key, s.id`;
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  const leftOut = await findSlotLeftOut(tx, orgId);
  const sources = page.map((row) => ({
    ...row,
    history: row.history.map((each) => ({ ...each, at: new Date(each.at) })).reverse(),
    nextTryAt: leftOut && row.nextTryAt?.getTime() === leftOut.at.getTime() ? leftOut.nextAt : row.nextTryAt,
  }));
  return { sources, nextCursor: last ? encodeCursor(last) : null, ...(await countSources(tx, orgId, matching)) };
}

/** The slot that the schedule leaves out because somebody skipped it, and the one after it. */
async function findSlotLeftOut(tx: Tx, orgId: string): Promise<{ at: Date; nextAt: Date | null } | null> {
  const schedule = await tx.schedule.findUnique({ where: { orgId }, select: { cronExpression: true, timeZone: true, skipSlotAt: true } });
  return schedule?.skipSlotAt ? { at: schedule.skipSlotAt, nextAt: slotAfterSkip(schedule) } : null;
}

/** The ids of all sources that match, 5,000 at most. */
export async function listSourceIds(tx: Tx, orgId: string, match: SourceMatch): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`select s.id from source s where ${matchingSources(orgId, match)} order by s.id limit ${MOST_CHOSEN}`;
  return rows.map(({ id }) => id);
}

const presetsOf = Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'enabledHere', ps.enabled) order by p.name), '[]')
  from preset_source ps join preset p on p.org_id = ps.org_id and p.id = ps.preset_id where ps.org_id = s.org_id and ps.source_id = s.id)`;

/** The newest first, along the index. */
const historyOf = Prisma.sql`(
  select coalesce(json_agg(json_build_object('runId', h.run_id, 'status', h.status, 'at', h.finished_at, 'newCount', h.new_count, 'message', h.message)), '[]')
  from (select r.run_id, r.status, r.finished_at, r.new_count, r.message from run_source r
    where r.org_id = s.org_id and r.source_id = s.id and r.finished_at is not null order by r.finished_at desc limit ${SHOWN_COLLECTIONS}) h)`;

const nextTryOf = Prisma.sql`coalesce(
  (select r.retry_at from run active join run_source r on r.org_id = active.org_id and r.run_id = active.id and r.source_id = s.id
    where active.org_id = s.org_id and active.status = 'running'),
  (select c.next_run_at from schedule c join preset_source ps on ps.org_id = c.org_id and ps.preset_id = c.preset_id and ps.source_id = s.id
    where c.org_id = s.org_id and c.enabled and ps.enabled and s.enabled and s.quarantined_at is null
      and (c.paused_at is null or c.paused_until is not null)))`;

function matchingSources(orgId: string, { text, kind, failing }: SourceMatch): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`s.org_id = ${orgId}::uuid`,
      ...(kind ? [Prisma.sql`s.kind = ${kind}::source_kind`] : []),
      ...(failing ? [IS_FAILING] : []),
      // The host is what stands between the slashes.
      ...holdsWords(Prisma.sql`(s.name || ' ' || split_part(s.url, '/', 3))`, text),
    ],
    " and ",
  );
}

async function countSources(tx: Tx, orgId: string, matching: Prisma.Sql): Promise<Pick<SourcePage, "total" | "failing" | "all">> {
  const [counts] = await tx.$queryRaw<[Pick<SourcePage, "total" | "failing" | "all">]>`
    select count(*) filter (where ${matching})::int as total, count(*) filter (where ${IS_FAILING})::int as failing, count(*)::int as "all"
    from source s where s.org_id = ${orgId}::uuid`;
  return counts;
}

const cursorSchema = z.tuple([z.string(), z.uuid()]);

function encodeCursor({ key, id }: Pick<SourceRow, "key" | "id">): string {
  return Buffer.from(JSON.stringify([key, id])).toString("base64url");
}

/** "key, id" to compare rows with. */
function decodeCursor(cursor: string): Prisma.Sql {
  const read = cursorSchema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!read.success) throw new AppError("validation", "This page of the list does not exist. Go back to its beginning.", { field: "cursor" });
  const [key, id] = read.data;
  return Prisma.sql`${key}, ${id}::uuid`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
