import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { withClient } from "@/db/connect";
import { zoneOffsetMs } from "@/domain/zone-offsets";
import type { Bench } from "../bench";
import { ZONES } from "../patterns";
import type { Peer } from "../peer-list";
import { forgetPeak, peakBytes, residentBytes } from "../process-use";
import type { BurstMeasure } from "./burst-milkrun";

const ARMED_WITHIN_MS = 300_000;
const LOOK_MS = 200;
/** This long without a new row after the slot: whatever has not fired is lost. */
const QUIET_MS = 10_000;
const leadMs = (schedules: number) => 3_000 + schedules * 0.5;

const TABLES = `
  create table fired (schedule_id int not null, slot_at timestamptz not null, started_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(), unique (schedule_id, slot_at));
  create table doubled (schedule_id int not null, slot_at timestamptz not null, started_at timestamptz not null)`;

/** Where the peers write what they fire. */
export async function createPeerTables(owner: pg.ClientConfig): Promise<void> {
  await withClient(owner, (client) => client.query(TABLES));
}

/** The daily expressions that have this second as their slot, in each zone. */
export function dailyAt(dueAt: number, utcOnly: boolean): { expression: string; zone: string }[] {
  return ZONES.filter((zone) => !utcOnly || zone === "UTC").map((zone) => {
    const local = new Date(dueAt + zoneOffsetMs(zone, new Date(dueAt)));
    return { expression: `${local.getUTCSeconds()} ${local.getUTCMinutes()} ${local.getUTCHours()} * * *`, zone };
  });
}

/** A peer, armed, waits for one instant at which every schedule is due. Armed too late it is given more time. */
export async function burstPeer(bench: Bench, peer: Peer, schedules: number, processes = 1): Promise<BurstMeasure> {
  for (let lead = leadMs(schedules); ; lead *= 3) {
    const measured = await attempt(bench, peer, { schedules, processes, lead });
    if (measured) return measured;
  }
}

async function attempt({ cluster }: Bench, peer: Peer, { schedules, processes, lead }: { schedules: number; processes: number; lead: number }) {
  return cluster.withDatabase(async ({ owner }): Promise<BurstMeasure | null> => {
    await createPeerTables(owner);
    const unit = peer.utcMinutesOnly ? 60_000 : 1_000;
    const dueAt = Math.ceil((Date.now() + lead) / unit) * unit;
    const specification = { connection: owner, schedules, patterns: dailyAt(dueAt, peer.utcMinutesOnly), dueAt };
    const running = Array.from({ length: processes }, () => peer.start(specification));
    try {
      for (const one of running) {
        await one.expect("ready", ARMED_WITHIN_MS);
        one.tell({ go: true });
      }
      for (const one of running) if ((await one.expect<{ armed: number; at: number }>("armed", ARMED_WITHIN_MS)).at > dueAt) return null;
      const resident = running.map(({ pid }) => residentBytes(pid));
      for (const { pid } of running) forgetPeak(pid);
      const seen = await withClient(owner, (client) => watch(client, schedules, dueAt));
      const growth = running.map(({ pid }, nth) => (peakBytes(pid) ?? Number.NaN) - (resident[nth] ?? Number.NaN));
      return { ...seen, growthBytes: growth.some(Number.isNaN) ? null : Math.max(...growth) };
    } finally {
      await Promise.all(running.map((one) => one.kill()));
    }
  });
}

/** Waits until every schedule has fired, or nothing has been recorded for a while. */
async function watch(client: pg.Client, schedules: number, dueAt: number): Promise<Omit<BurstMeasure, "growthBytes">> {
  let fired = 0;
  for (let changedAt = dueAt; fired < schedules && Date.now() < Math.max(changedAt, dueAt) + QUIET_MS; await sleep(LOOK_MS)) {
    const { rows } = await client.query<{ fired: number }>("select count(*)::int as fired from fired");
    if (rows[0] && rows[0].fired > fired) changedAt = Date.now();
    fired = rows[0]?.fired ?? fired;
  }
  // A second process may still be firing what the first has.
  await sleep(LOOK_MS * 5);
  const { rows } = await client.query<{ at: Date | null; lost: number; doubled: number }>(
    "select max(recorded_at) as at, $1::int - count(distinct schedule_id)::int as lost, (select count(*)::int from doubled) as doubled from fired",
    [schedules],
  );
  const [seen] = rows;
  return { tookMs: (seen?.at?.getTime() ?? Number.NaN) - dueAt, lost: seen?.lost ?? schedules, doubled: seen?.doubled ?? 0 };
}
