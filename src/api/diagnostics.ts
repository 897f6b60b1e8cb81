import { z } from "zod";
import type { Database } from "@/db/client";
import { listIncidents } from "@/db/incidents";
import { readSlotRecord } from "@/db/lateness";
import { readCollectingFacts } from "@/db/system-facts";
import { listTableSizes } from "@/db/table-sizes";
import type { Clock } from "@/domain/clock";
import { redact } from "@/log/redact";
import type { ApiSettings } from "./environment";
import { readSystemStatus } from "./system-status";

export const diagnosticsSchema = z.record(z.string(), z.unknown());

/**
 * What somebody who helps needs to know of an installation. It holds numbers, times, versions and the names of machines: nothing of what
 * organizations, people, sources and items are called, and no secret. Whatever text there is goes through the log's redaction besides.
 */
export async function collectDiagnostics(db: Database, { clock, settings, hasMailer }: { clock: Clock; settings: ApiSettings; hasMailer: boolean }) {
  const stored = await db.withSystem(async (tx) => ({
    collecting: await readCollectingFacts(tx),
    slotsOfTheLastDay: await readSlotRecord(tx),
    incidents: await listIncidents(tx),
    tables: await listTableSizes(tx),
  }));
  const { version, runLimitMs, minimumSpacingMs, runRetention } = settings;
  return diagnosticsSchema.parse(
    redact({
      madeAt: clock.now(),
      version,
      runtime: {
        node: process.version,
        platform: process.platform,
        architecture: process.arch,
        memoryBytes: process.memoryUsage().rss,
        uptimeS: process.uptime(),
      },
      rules: { runLimitMs, minimumSpacingMs, runRetention },
      mail: hasMailer,
      status: await readSystemStatus(db, { clock, version }),
      ...stored,
    }),
  );
}
