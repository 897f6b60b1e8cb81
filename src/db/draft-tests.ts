import { z } from "zod";
import { planDraftSecret } from "@/domain/channel-secret";
import { type ChannelDraft, DRAFT_TEST_WITHIN_MS } from "@/domain/draft-test";
import { AppError } from "@/domain/errors";
import { testNotice } from "@/domain/notice-message";
import { CHANNEL_KINDS, type ChannelDefinition, maskAddress } from "@/domain/notification-channel";
import { type ChannelSecrets, makeSigningKey, openChannelSecrets } from "./channel-secrets";
import type { KeyRing } from "./key-ring";
import { getChannelRow, toSecretHolder } from "./notification-channels";
import type { OutgoingMessage } from "./outgoing-message";
import { enqueueTest, TEST_DRAFT } from "./queue";
import { isUnreadableSecret } from "./sealed-value";
import { placeOfTest } from "./source-headers";
import { CHANNEL_TEST, holdTests, type TestId } from "./source-tests";
import type { Tx } from "./transaction";

/** Tests of unsaved values that an organization may start within a minute: each may go to somebody else who does not want it. */
const MOST_TESTS = 5;

/** What is stored of the values on the screen. Of a Slack-style webhook the address is among the secrets. */
const targetSchema = z.object({
  kind: z.literal(CHANNEL_TEST),
  channel: z.object({ kind: z.enum(CHANNEL_KINDS), name: z.string(), recipients: z.array(z.string()), address: z.string().nullable(), timeZone: z.string() }),
});

const secretsSchema = z.object({ secret: z.string().nullable(), oldSecret: z.string().nullable() });
type Secrets = z.infer<typeof secretsSchema>;

/**
 * Queues a test message with these values, under an id that the caller chose so that it can listen for the result first. A stored secret goes
 * along only where it went before. Says whether a webhook's key was made for this test only.
 * @throws AppError `rate_limited` after 5 tests within a minute; `not_found`; `validation` as `planDraftSecret` does; `unavailable` when the
 * stored secret cannot be decrypted.
 */
export async function startDraftTest(tx: Tx, keys: KeyRing, { orgId, testId }: TestId, draft: ChannelDraft): Promise<{ isKeyMade: boolean }> {
  await holdTests(tx, orgId);
  await limitTests(tx, orgId);
  const { isKeyMade, ...secrets } = await findSecrets(tx, keys, orgId, draft);
  const seal = await keys.sealer(tx);
  const target: z.infer<typeof targetSchema> = { kind: CHANNEL_TEST, channel: targetOf(draft.definition) };
  await tx.$executeRaw`
    insert into source_test (id, org_id, definition, sealed_headers, created_at)
    values (${testId}::uuid, ${orgId}::uuid, ${JSON.stringify(target)}::jsonb, ${seal(JSON.stringify(secrets), placeOfTest(orgId, testId))}, clock_timestamp())`;
  await enqueueTest(tx, TEST_DRAFT, testId);
  return { isKeyMade };
}

async function limitTests(tx: Tx, orgId: string): Promise<void> {
  const [recent] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from source_test
    where org_id = ${orgId}::uuid and definition ->> 'kind' = ${CHANNEL_TEST} and created_at > clock_timestamp() - interval '1 minute'`;
  if (recent.count < MOST_TESTS) return;
  throw new AppError(
    "rate_limited",
    `${recent.count} tests with unsaved values were sent within a minute, so this one was not. Wait a minute, then test again.`,
  );
}

async function findSecrets(tx: Tx, keys: KeyRing, orgId: string, { channelId, definition }: ChannelDraft): Promise<Secrets & { isKeyMade: boolean }> {
  const stored = channelId === null ? null : await getChannelRow(tx, orgId, channelId);
  const plan = planDraftSecret(stored && toSecretHolder(stored), definition);
  if (plan.from === "made") return { secret: makeSigningKey(), oldSecret: null, isKeyMade: true };
  if (plan.from === "entered") return { secret: plan.value, oldSecret: null, isKeyMade: false };
  if (plan.from === "nowhere" || stored === null) return { secret: null, oldSecret: null, isKeyMade: false };
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  const opened = openChannelSecrets(keys, stored, now);
  if (!opened.ok)
    throw new AppError("unavailable", "The stored secret cannot be decrypted, so nothing was sent. Enter it again, or ask the operator for the lost key.");
  return { secret: opened.secret, oldSecret: opened.oldSecret, isKeyMade: false };
}

function targetOf(definition: ChannelDefinition): z.infer<typeof targetSchema>["channel"] {
  const { kind, name, timeZone } = definition;
  if (definition.kind === "email") return { kind, name, timeZone, recipients: definition.recipients, address: null };
  const address = definition.address ?? null;
  return { kind, name, timeZone, recipients: [], address: definition.kind === "slack" && address !== null ? maskAddress(address) : address };
}

/**
 * The test message, for the worker; null when the test is gone, has its result, or is about something else, and when whoever asked for it has
 * given up: the channel may have been deleted since.
 */
export async function findDraftMessage(tx: Tx, keys: KeyRing, testId: string): Promise<OutgoingMessage | null> {
  const test = await tx.sourceTest.findUnique({
    where: { id: testId, finishedAt: null },
    select: { orgId: true, definition: true, sealedHeaders: true, createdAt: true, organization: { select: { id: true, name: true } } },
  });
  const target = targetSchema.safeParse(test?.definition).data;
  if (!test || !target) return null;
  const [{ now: at }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  const { organization, orgId, sealedHeaders, createdAt } = test;
  if (at.getTime() - createdAt.getTime() > DRAFT_TEST_WITHIN_MS) return null;
  const secrets = openSecrets(keys, { orgId, testId }, sealedHeaders);
  return {
    deliveryId: testId,
    isTest: true,
    tries: 0,
    at,
    notices: [testNotice(testId, at)],
    answeredId: null,
    earlier: [],
    channel: target.channel,
    organization,
    secrets,
  };
}

function openSecrets(keys: KeyRing, { orgId, testId }: TestId, sealed: string | null): ChannelSecrets {
  try {
    const { secret, oldSecret } = secretsSchema.parse(sealed === null ? {} : JSON.parse(keys.open(sealed, placeOfTest(orgId, testId))));
    return { ok: true, secret, oldSecret };
  } catch (error) {
    if (!isUnreadableSecret(error)) throw error;
    return { ok: false, reason: error.message };
  }
}
