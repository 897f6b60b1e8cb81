import { randomUUID } from "node:crypto";
import { type Judged, judgeEvents } from "@/db/judge-events";
import { endRun } from "@/db/run-ends";
import type { ChannelDefinition } from "@/domain/notification-channel";
import type { RuleDefinition } from "@/domain/notification-rule";
import type { RunStatus } from "@/domain/run-status";
import type { Notice } from "@/generated/prisma/client";
import type { ApiWorld } from "./api-world";
import { type RunRow, type RunSourceRow, recordRun, type TestOrganization } from "./factories";

/** An organization whose runs a test ends, and what is said about them. */
export interface Notifying extends TestOrganization {
  owner: ReturnType<ApiWorld["caller"]>;
  /** Makes a channel, a webhook unless told. */
  channel(definition?: Partial<ChannelDefinition>): Promise<{ id: string; secret: string }>;
  rule(definition: Partial<RuleDefinition> & Pick<RuleDefinition, "event" | "channelIds">): Promise<string>;
  /** A run that ends like this, through the one place where runs end. Gives its id. */
  end(status: RunStatus, row?: RunRow, sources?: readonly RunSourceRow[]): Promise<string>;
  /** Holds the rules against what was announced, as the worker does. */
  judge(): Promise<Judged>;
  /** What was said so far, the oldest first. */
  notices(): Promise<Notice[]>;
}

/** Makes an organization that can be notified of its runs. */
export async function createNotifying(world: ApiWorld): Promise<Notifying> {
  const { db } = world;
  const organization = await world.organization();
  const { orgId, session, presetId } = organization;
  const owner = world.caller(session);
  const judge = () => db.withSystem((tx) => judgeEvents(tx, orgId));
  return {
    ...{ ...organization, owner, judge },
    async channel(definition = {}) {
      const webhook = { kind: "webhook", name: `Channel ${randomUUID()}`, address: "https://example.org/hook", timeZone: "UTC" };
      const { channel, secret } = await owner.notification.createChannel({ ...webhook, ...definition } as ChannelDefinition);
      return { id: channel.id, secret: secret ?? "" };
    },
    async rule(definition) {
      return (await owner.notification.createRule({ recovery: true, enabled: true, ...definition })).id;
    },
    async end(status, row = {}, sources = []) {
      const { id: runId } = await recordRun(db, organization, { status: "queued", presetId, ...row }, sources);
      await db.withSystem((tx) => endRun(tx, { orgId, runId }, { status, message: null }));
      return runId;
    },
    notices: () => db.system.notice.findMany({ where: { orgId }, orderBy: [{ at: "asc" }, { id: "asc" }] }),
  };
}

/** The same with one rule, on one channel. */
export async function createNotifyingRule(world: ApiWorld, definition: Omit<Parameters<Notifying["rule"]>[0], "channelIds">): Promise<Notifying> {
  const notifying = await createNotifying(world);
  const { id } = await notifying.channel();
  await notifying.rule({ ...definition, channelIds: [id] });
  return notifying;
}
