import { randomUUID } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MemberSession } from "@/api/init";
import { createCaller } from "@/api/root";
import { isSessionAlive } from "@/db/sessions";
import type { Mail } from "@/domain/mail";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { until } from "@/testing/until";

const OLD = "an old horse battery";
const NEW = "a new horse battery";
const INVALID = "This link is not valid (any more).";

let world: ApiWorld;
let oldHash: string;
let orgId: string;
let owner: MemberSession;
let ada: MemberSession;
let sent: Mail[];

beforeAll(async () => {
  world = await createApiWorld();
  oldHash = await hashPassword(OLD);
});

afterAll(() => world.close());

beforeEach(async () => {
  sent = [];
  await world.db.system.rateLimit.deleteMany();
  ({ orgId, session: owner } = await world.organization());
  ada = await joinWithPassword("viewer");
});

async function joinWithPassword(role: string): Promise<MemberSession> {
  const session = await world.join(orgId, role);
  await world.db.system.account.create({
    data: { userId: session.userId, accountId: session.userId, providerId: "credential", password: oldHash },
  });
  return session;
}

/** Another session of the same person. */
async function signInAgain({ userId }: MemberSession, device: { userAgent?: string; ipAddress?: string } = {}): Promise<MemberSession> {
  const data = { userId, token: randomUUID(), expiresAt: new Date(Date.now() + 60_000), activeOrganizationId: orgId, ...device };
  const { id } = await world.db.system.session.create({ data });
  return { id, userId, organizationId: orgId };
}

const caller = (session: MemberSession) => world.caller(session).account;
/** Nobody in particular, on a server that sends mail. */
const visitor = (clientAddress: string = randomUUID()) => {
  const mailer = { send: (mail: Mail) => Promise.resolve(void sent.push(mail)) };
  return createCaller({ ...world.context(null), mailer, clientAddress }).account;
};

const emailOf = async ({ userId }: MemberSession) => (await world.db.system.user.findUniqueOrThrow({ where: { id: userId } })).email;
const passwordIs = async ({ userId }: MemberSession, password: string) => {
  const account = await world.db.system.account.findFirstOrThrow({ where: { userId } });
  return verifyPassword({ hash: account.password ?? "", password });
};
const isAlive = ({ id }: MemberSession) => isSessionAlive(world.db.system, id);
const auditOf = async (organizationId: string) => {
  const entries = await world.db.system.auditEntry.findMany({ where: { orgId: organizationId }, orderBy: { id: "asc" } });
  return entries.map(({ action, actorId, subjectId }) => ({ action, actorId, subjectId }));
};
const tokenIn = (text: string) => /\/reset\?token=([\w-]{43})\b/.exec(text)?.[1] ?? "";

describe("changing one's password", () => {
  test("asks for the current one, ends every other session, and stands in the audit of each organization", async () => {
    const elsewhere = await signInAgain(ada);
    const second = await world.organization();
    await world.db.system.member.create({ data: { organizationId: second.orgId, userId: ada.userId, role: "viewer" } });
    expect(await caller(ada).changePassword({ currentPassword: OLD, newPassword: NEW })).toEqual({ endedSessions: 1 });
    expect(await passwordIs(ada, NEW)).toBe(true);
    expect([await isAlive(ada), await isAlive(elsewhere)]).toEqual([true, false]);
    const entry = { action: "account.changePassword", actorId: ada.userId, subjectId: ada.userId };
    expect([await auditOf(orgId), await auditOf(second.orgId)]).toEqual([[entry], [entry]]);
  });

  test("changes nothing when the current one is wrong, and a stolen session gets few guesses", async () => {
    const guess = () => caller(ada).changePassword({ currentPassword: "a wrong horse battery", newPassword: NEW });
    for (let tries = 0; tries < 5; tries++)
      await expect(guess()).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { field: "currentPassword" } } });
    await expect(guess()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS", message: expect.stringContaining("Try again in 1 minute.") });
    expect(await passwordIs(ada, OLD)).toBe(true);
    expect(await auditOf(orgId)).toEqual([]);
  });

  test("of two at once one succeeds", async () => {
    const results = await Promise.allSettled(
      [NEW, "another horse battery"].map((newPassword) => caller(ada).changePassword({ currentPassword: OLD, newPassword })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("does not take a short one", async () => {
    await expect(caller(ada).changePassword({ currentPassword: OLD, newPassword: "short" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("a forgotten password", () => {
  test("is replaced by the link in a mail, once, and all sessions end", async () => {
    const elsewhere = await signInAgain(ada);
    const email = await emailOf(ada);
    expect(await visitor().requestReset({ email: email.toUpperCase() })).toEqual({ requested: true });
    const [mail] = await until(
      world.db,
      () => Promise.resolve(sent),
      (mails) => mails.length > 0,
    );
    expect(mail).toMatchObject({ to: email, subject: "Choose a new password for Milkrun" });
    const reset = { token: tokenIn(mail?.text ?? ""), password: NEW };
    await visitor().reset(reset);
    expect(await passwordIs(ada, NEW)).toBe(true);
    expect([await isAlive(ada), await isAlive(elsewhere)]).toEqual([false, false]);
    expect(await auditOf(orgId)).toEqual([{ action: "account.resetPassword", actorId: ada.userId, subjectId: ada.userId }]);
    await expect(visitor().reset(reset)).rejects.toMatchObject({ message: expect.stringContaining(INVALID) });
  });

  test("gets the same answer for an address that nobody has, to whom nothing is sent", async () => {
    expect(await visitor().requestReset({ email: "nobody@example.org" })).toEqual({ requested: true });
    await visitor().requestReset({ email: await emailOf(ada) });
    await until(
      world.db,
      () => Promise.resolve(sent),
      (mails) => mails.length > 0,
    );
    expect(sent.map(({ to }) => to)).toEqual([await emailOf(ada)]);
  });

  test("is answered before anybody is looked for, so that its time tells nothing", async () => {
    let lookedUp = 0;
    const system = new Proxy(world.db.system, {
      get(client, name) {
        if (name === "user") lookedUp++;
        return Reflect.get(client, name);
      },
    });
    const mailer = { send: (mail: Mail) => Promise.resolve(void sent.push(mail)) };
    const { account } = createCaller({ ...world.context(null), db: { ...world.db, system }, mailer });
    await account.requestReset({ email: await emailOf(ada) });
    expect(lookedUp).toBe(0);
    await until(
      world.db,
      () => Promise.resolve(sent),
      (mails) => mails.length > 0,
    );
    expect(lookedUp).toBe(1);
  });

  test("is mailed three times an hour at most, and asked for five times a minute from one address", async () => {
    const email = await emailOf(ada);
    for (let tries = 0; tries < 5; tries++) await visitor().requestReset({ email });
    const other = await emailOf(owner);
    await visitor().requestReset({ email: other });
    await until(
      world.db,
      () => Promise.resolve(sent),
      (mails) => mails.some(({ to }) => to === other) && mails.length >= 4,
    );
    expect(sent.filter(({ to }) => to === email)).toHaveLength(3);
    for (let tries = 0; tries < 5; tries++) await visitor("192.0.2.1").requestReset({ email: "nobody@example.org" });
    await expect(visitor("192.0.2.1").requestReset({ email })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });

  test("stands in the log when the mail server does not take the mail", async () => {
    const mailer = { send: () => Promise.reject(new Error("The mail server mail.example.org cannot be reached")) };
    const { account } = createCaller({ ...world.context(null), mailer });
    expect(await account.requestReset({ email: await emailOf(ada) })).toEqual({ requested: true });
    await until(
      world.db,
      () => Promise.resolve(world.logged),
      (logged) => logged.length > 0,
    );
    expect(world.logged.splice(0)).toMatchObject([{ level: "error", details: { err: { message: expect.stringContaining("cannot be reached") } } }]);
  });

  test("is a matter for an owner or admin where no mail is sent", async () => {
    const { account } = world.caller(null);
    expect(await account.recovery()).toEqual({ byMail: false });
    expect(await visitor().recovery()).toEqual({ byMail: true });
    await expect(account.requestReset({ email: await emailOf(ada) })).rejects.toMatchObject({ message: expect.stringContaining("Ask an owner or admin") });
  });
});

describe("a reset link", () => {
  const link = (by: MemberSession, session: MemberSession) => world.caller(by).member.resetLink({ userId: session.userId });

  test("is made by an admin for a member, and the audit names both", async () => {
    const admin = await world.join(orgId, "admin");
    const { url } = await link(admin, ada);
    expect(url).toMatch(/^http:\/\/localhost:3000\/reset\?token=[\w-]{43}$/);
    await visitor().reset({ token: tokenIn(url), password: NEW });
    expect(await passwordIs(ada, NEW)).toBe(true);
    expect(await auditOf(orgId)).toEqual([
      { action: "member.resetLink", actorId: admin.userId, subjectId: ada.userId },
      { action: "account.resetPassword", actorId: ada.userId, subjectId: ada.userId },
    ]);
  });

  test("is in the database as a hash alone", async () => {
    const { url } = await link(owner, ada);
    const stored = await world.db.system.verification.findMany();
    expect(JSON.stringify(stored)).not.toContain(tokenIn(url));
    expect(stored.find(({ value }) => value === ada.userId)?.identifier).toMatch(/^password-reset\|[0-9a-f]{64}$/);
  });

  test("makes the one before it worthless", async () => {
    const first = await link(owner, ada);
    const second = await link(owner, ada);
    await expect(visitor().reset({ token: tokenIn(first.url), password: NEW })).rejects.toThrow(INVALID);
    await visitor().reset({ token: tokenIn(second.url), password: NEW });
  });

  test("reads the same whether it is unknown, used or older than 30 minutes", async () => {
    const refusal = (token: string) =>
      visitor()
        .reset({ token, password: NEW })
        .catch((error: Error) => error.message);
    const used = tokenIn((await link(owner, ada)).url);
    await visitor().reset({ token: used, password: NEW });
    const expired = tokenIn((await link(owner, ada)).url);
    await world.db.system.$executeRaw`update verification set expires_at = expires_at - interval '30 minutes' where value = ${ada.userId}`;
    const refusals = [await refusal("x"), await refusal(""), await refusal(used), await refusal(expired)];
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain(INVALID);
  });

  test("of five uses at once one succeeds", async () => {
    const { url } = await link(owner, ada);
    const uses = Array.from({ length: 5 }, (_, index) => visitor().reset({ token: tokenIn(url), password: `${NEW} ${index}` }));
    const results = await Promise.allSettled(uses);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("is not for who is above, not for oneself, not for a stranger", async () => {
    const admin = await world.join(orgId, "admin");
    const stranger = await world.organization();
    await expect(link(admin, owner)).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("higher role") });
    await expect(link(owner, owner)).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("your own") });
    await expect(link(owner, stranger.session)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(link(await world.join(orgId, "editor"), ada)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(link(owner, await world.join(orgId, "superuser"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await world.db.system.verification.count({ where: { value: { in: [owner.userId, stranger.userId] } } })).toBe(0);
  });

  test("is not for who belongs to another organization, which it would open", async () => {
    const second = await world.organization();
    await world.db.system.member.create({ data: { organizationId: second.orgId, userId: ada.userId, role: "owner" } });
    await expect(link(owner, ada)).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("npm run password:reset") });
    expect(await auditOf(orgId)).toEqual([]);
  });
});

describe("one's sessions", () => {
  test("are listed with their devices, this one marked, and those of nobody else", async () => {
    const phone = await signInAgain(ada, { userAgent: "Phone", ipAddress: "192.0.2.9" });
    const sessions = await caller(ada).sessions();
    expect(sessions.map(({ id, isCurrent, userAgent, address }) => ({ id, isCurrent, userAgent, address }))).toEqual(
      expect.arrayContaining([
        { id: ada.id, isCurrent: true, userAgent: null, address: null },
        { id: phone.id, isCurrent: false, userAgent: "Phone", address: "192.0.2.9" },
      ]),
    );
    expect(sessions).toHaveLength(2);
    expect(JSON.stringify(sessions)).not.toContain("token");
  });

  test("can be ended one by one", async () => {
    const phone = await signInAgain(ada);
    await caller(ada).endSession({ id: phone.id });
    expect([await isAlive(ada), await isAlive(phone)]).toEqual([true, false]);
    await expect(caller(ada).endSession({ id: phone.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("are ended by nobody else", async () => {
    await expect(caller(owner).endSession({ id: ada.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await isAlive(ada)).toBe(true);
  });

  test("can be ended all but this one", async () => {
    const others = [await signInAgain(ada), await signInAgain(ada)];
    expect(await caller(ada).endOtherSessions()).toEqual({ endedSessions: 2 });
    expect(await Promise.all([ada, owner, ...others].map(isAlive))).toEqual([true, true, false, false]);
  });
});
