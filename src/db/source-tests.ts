import type { AddressCheck, AddressCheckResult } from "@/domain/address-check";
import type { DraftTestResult } from "@/domain/draft-test";
import { AppError } from "@/domain/errors";
import type { SourceDefinition } from "@/domain/source";
import { type SourceLimits, testLimitMs } from "@/domain/source-limits";
import type { SourceTestResult } from "@/domain/source-test";
import { Prisma } from "@/generated/prisma/client";
import type { KeyRing } from "./key-ring";
import { notifySourceTest } from "./notify";
import { enqueueTest, TEST_SOURCE } from "./queue";
import { type OpenedHeaders, openTestHeaders, sealTestHeaders, type TestHeaders } from "./source-headers";
import type { Tx } from "./transaction";

/** How many tests an organization may have going. */
const MOST_AT_ONCE = 3;
/** A test without a result counts as going for as long as it may take and this long more; whoever asked has given up by then. */
const GIVEN_UP_AFTER_MS = 10_000;
/** With what is secret about it, where no worker came to it or one died over it. */
export const TESTS_KEPT_FOR = "10 minutes";
/** The kind of definition that is no source and no address: a channel of notifications with values that are not saved. */
export const CHANNEL_TEST = "channel";

/** A definition to test, with the headers to be sent, or an address to check. */
export interface SourceTestRequest extends TestHeaders {
  definition: SourceDefinition | AddressCheck;
}

export interface TestId {
  orgId: string;
  testId: string;
}

interface UnfinishedTest {
  limits: SourceLimits | null;
  ageMs: number;
}

const UNFINISHED = Prisma.sql`definition #> '{config,limits}' as limits, (extract(epoch from clock_timestamp() - created_at) * 1000)::float8 as "ageMs"`;

/** Somebody still waits for its result. */
const isGoing = ({ limits, ageMs }: UnfinishedTest) => ageMs < testLimitMs(limits ?? {}) + GIVEN_UP_AFTER_MS;

/** Of the tests that an organization starts one comes after the other, and old ones are deleted. */
export async function holdTests(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.source_test'), hashtext(${orgId}))`;
  await tx.$executeRaw`delete from source_test where org_id = ${orgId}::uuid and created_at < clock_timestamp() - ${TESTS_KEPT_FOR}::interval`;
}

/**
 * Queues a test of this definition for a worker, under an id that the caller chose so that it can listen for the result first.
 * @throws AppError `rate_limited` when the organization has several going, `validation` at a header whose value has to be entered.
 */
export async function startSourceTest(tx: Tx, keys: KeyRing, { orgId, testId }: TestId, request: SourceTestRequest): Promise<void> {
  await holdTests(tx, orgId);
  if ((await countGoing(tx, orgId)) >= MOST_AT_ONCE) {
    throw new AppError("rate_limited", `${MOST_AT_ONCE} sources are being tested already, so this test was not started. Try again when one has finished.`);
  }
  const { definition, ...headers } = request;
  const sealed = await sealTestHeaders(tx, keys, { orgId, testId, url: definition.url }, headers);
  await tx.$executeRaw`
    insert into source_test (id, org_id, definition, sealed_headers, created_at)
    values (${testId}::uuid, ${orgId}::uuid, ${JSON.stringify(definition)}::jsonb, ${sealed}, clock_timestamp())`;
  await enqueueTest(tx, TEST_SOURCE, testId);
}

/** Tests of sources and addresses that a worker may still be at. */
async function countGoing(tx: Tx, orgId: string): Promise<number> {
  const unfinished = await tx.$queryRaw<UnfinishedTest[]>`
    select ${UNFINISHED} from source_test
    where org_id = ${orgId}::uuid and definition ->> 'kind' is distinct from ${CHANNEL_TEST} and finished_at is null`;
  return unfinished.filter(isGoing).length;
}

/** What the worker found, for the schema of what was asked; null while it is at work. */
export async function findSourceTestResult(tx: Tx, orgId: string, testId: string): Promise<unknown> {
  const test = await tx.sourceTest.findFirst({ where: { orgId, id: testId, finishedAt: { not: null } }, select: { result: true } });
  return test?.result ?? null;
}

/** Those of these keys under which the source has items stored. */
export async function findKnownKeys(tx: Tx, orgId: string, sourceId: string, keys: string[]): Promise<Set<string>> {
  const items = await tx.item.findMany({ where: { orgId, sourceId, key: { in: keys } }, select: { key: true } });
  return new Set(items.map(({ key }) => key));
}

interface PendingTest {
  definition: unknown;
  headers: OpenedHeaders;
}

/** What to test, for the worker; null when the test is gone or has its result, and when whoever asked for it has given up. */
export async function findPendingTest(tx: Tx, keys: KeyRing, testId: string): Promise<PendingTest | null> {
  const [test] = await tx.$queryRaw<(UnfinishedTest & { orgId: string; definition: unknown; sealedHeaders: string | null })[]>`
    select org_id as "orgId", definition, sealed_headers as "sealedHeaders", ${UNFINISHED} from source_test
    where id = ${testId}::uuid and finished_at is null`;
  if (!test || !isGoing(test)) return null;
  return { definition: test.definition, headers: openTestHeaders(keys, { orgId: test.orgId, testId }, test.sealedHeaders) };
}

/** Stores what the worker found, in the place of the secrets that it needed for it, and tells whoever waits for it. */
export async function finishSourceTest(tx: Tx, testId: string, result: SourceTestResult | AddressCheckResult | DraftTestResult): Promise<void> {
  await tx.$executeRaw`
    update source_test set result = ${JSON.stringify(result)}::jsonb, sealed_headers = null, finished_at = clock_timestamp() where id = ${testId}::uuid`;
  await notifySourceTest(tx, testId);
}
