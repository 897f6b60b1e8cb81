import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "@/api/root";
import type { IssuedInvitation } from "@/domain/invitation";
import type { Mail } from "@/domain/mail";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

const ACCOUNT = { name: "Grace Hopper", password: "correct horse battery" };
const INVALID = { code: "PRECONDITION_FAILED", message: expect.stringContaining("does not work (any more)") };

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const nobody = () => world.caller(null);
const newEmail = () => `${randomUUID()}@example.org`;

function tokenOf({ delivery }: IssuedInvitation): string {
  if (delivery.way !== "link") throw new Error("The link was mailed.");
  return new URL(delivery.url).searchParams.get("token") ?? "";
}

async function newInvitation(email = newEmail()) {
  const { orgId, session } = await world.organization();
  const owner = world.caller(session);
  const issued = await owner.member.invite({ email, role: "editor" });
  return { orgId, owner, session, email, issued, token: tokenOf(issued) };
}

test("without a mail server the link is told once, and the database holds only its hash", async () => {
  const { orgId, owner, issued, token, email } = await newInvitation();
  expect(issued.delivery).toMatchObject({ way: "link", url: `http://localhost:3000/invitation?token=${token}`, problem: null });
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(JSON.stringify(await world.db.system.invitation.findMany())).not.toContain(token);
  const { invitations } = await owner.member.list();
  expect(invitations).toEqual([{ id: issued.invitation.id, email, role: "editor", inviterName: "Ada Lovelace", expiresAt: expect.any(Date) }]);
  expect(JSON.stringify(invitations)).not.toContain(token);
  expect(await world.db.system.auditEntry.findFirst({ where: { orgId } })).toMatchObject({ action: "member.invite", summary: `Invited ${email} as editor` });
});

test("it works for 48 hours by the database's clock", async () => {
  const { issued } = await newInvitation();
  const hours = (issued.invitation.expiresAt.getTime() - (await world.db.now()).getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(47.9);
  expect(hours).toBeLessThanOrEqual(48);
});

test("with a mail server the link goes out by mail and nowhere else", async () => {
  const { session } = await world.organization();
  const sent: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void sent.push(mail) };
  const email = newEmail();
  const issued = await createCaller({ ...world.context(session), mailer }).member.invite({ email, role: "viewer" });
  expect(issued.delivery).toEqual({ way: "mail" });
  expect(sent).toMatchObject([{ to: email, text: expect.stringContaining("http://localhost:3000/invitation?token=") }]);
});

test("when the mail server refuses, the invitation stands, the reason is said, and the link can be handed over", async () => {
  const { session } = await world.organization();
  const mailer = { send: () => Promise.reject(new Error("550 no such mailbox")) };
  const issued = await createCaller({ ...world.context(session), mailer }).member.invite({ email: newEmail(), role: "viewer" });
  expect(issued.delivery).toMatchObject({ way: "link", problem: "The mail server did not take the message." });
  expect(await nobody().invitation.offer({ token: tokenOf(issued) })).not.toBeNull();
});

test("whoever holds the link sees what they are offered, and somebody without an account makes one and is in", async () => {
  const { orgId, email, token } = await newInvitation();
  expect(await nobody().invitation.offer({ token })).toMatchObject({
    organizationName: "Analytical Engines",
    email,
    role: "editor",
    inviterName: "Ada Lovelace",
    hasAccount: false,
    signedInAs: null,
  });
  expect(await nobody().invitation.accept({ token, account: ACCOUNT })).toEqual({ organizationId: orgId, email });
  const member = await world.db.system.member.findFirstOrThrow({ where: { organizationId: orgId, user: { email } }, include: { user: true } });
  expect(member).toMatchObject({ role: "editor", user: { name: "Grace Hopper" } });
  expect(await world.db.system.account.findFirst({ where: { userId: member.userId } })).toMatchObject({ providerId: "credential", accountId: member.userId });
  expect(await world.db.system.auditEntry.findFirst({ where: { orgId }, orderBy: { id: "desc" } })).toMatchObject({
    actorName: "Grace Hopper",
    action: "invitation.accept",
    summary: "Joined as editor, invited by Ada Lovelace",
  });
});

test("an account takes a name and a password of some length", async () => {
  const { token } = await newInvitation();
  await expect(nobody().invitation.accept({ token })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(nobody().invitation.accept({ token, account: { name: "Grace", password: "short" } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await nobody().invitation.offer({ token })).not.toBeNull();
});

test("links that are unknown, used, revoked, replaced or too old all give the same answer and do nothing", async () => {
  const used = await newInvitation();
  await nobody().invitation.accept({ token: used.token, account: ACCOUNT });
  const revoked = await newInvitation();
  await revoked.owner.invitation.revoke({ id: revoked.issued.invitation.id });
  const replaced = await newInvitation();
  await replaced.owner.invitation.resend({ id: replaced.issued.invitation.id });
  const old = await newInvitation();
  await world.db.system.$executeRaw`
    update invitation set expires_at = clock_timestamp() - interval '1 ms' where id = ${old.issued.invitation.id}::uuid`;
  const users = await world.db.system.user.count();
  for (const token of ["unknown", used.token, revoked.token, replaced.token, old.token]) {
    expect(await nobody().invitation.offer({ token })).toBeNull();
    await expect(nobody().invitation.accept({ token, account: ACCOUNT })).rejects.toMatchObject(INVALID);
  }
  expect(await world.db.system.user.count()).toBe(users);
});

test("a link that was sent again works, and its time begins anew", async () => {
  const { owner, issued } = await newInvitation();
  await world.db.system.$executeRaw`update invitation set expires_at = clock_timestamp() - interval '1 hour' where id = ${issued.invitation.id}::uuid`;
  const again = await owner.invitation.resend({ id: issued.invitation.id });
  expect(again.invitation.expiresAt.getTime()).toBeGreaterThan(issued.invitation.expiresAt.getTime() - 1);
  await expect(nobody().invitation.accept({ token: tokenOf(again), account: ACCOUNT })).resolves.toBeDefined();
});

test("of several who use a link at once one gets in", async () => {
  const { token, orgId } = await newInvitation();
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => nobody().invitation.accept({ token, account: ACCOUNT })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await world.db.system.member.count({ where: { organizationId: orgId } })).toBe(2);
});

test("somebody with an account has to sign in with it, then joins, and their session goes on in the new organization", async () => {
  const theirs = await world.organization();
  const { email } = await world.db.system.user.findUniqueOrThrow({ where: { id: theirs.userId } });
  const { token, orgId } = await newInvitation(email);
  expect(await nobody().invitation.offer({ token })).toMatchObject({ hasAccount: true });
  await expect(nobody().invitation.accept({ token, account: ACCOUNT })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  const caller = world.caller(theirs.session);
  expect(await caller.invitation.offer({ token })).toMatchObject({ signedInAs: email });
  expect(await caller.invitation.accept({ token })).toEqual({ organizationId: orgId, email });
  expect((await world.db.system.session.findUniqueOrThrow({ where: { id: theirs.session.id } })).activeOrganizationId).toBe(orgId);
  // A click whose answer was lost.
  expect(await caller.invitation.accept({ token })).toEqual({ organizationId: orgId, email });
  expect(await world.db.system.member.count({ where: { organizationId: orgId, userId: theirs.userId } })).toBe(1);
});

test("who was removed after accepting does not get in with the same link again", async () => {
  const theirs = await world.organization();
  const { email } = await world.db.system.user.findUniqueOrThrow({ where: { id: theirs.userId } });
  const { token, owner } = await newInvitation(email);
  const caller = world.caller(theirs.session);
  await caller.invitation.accept({ token });
  const memberId = (await owner.member.list()).members.find((member) => member.email === email)?.id ?? "";
  await owner.member.remove({ memberId });
  await expect(caller.invitation.accept({ token })).rejects.toMatchObject(INVALID);
});

test("a link is for one address: somebody else who is signed in is told so", async () => {
  const { token, email } = await newInvitation();
  const stranger = await world.organization();
  await expect(world.caller(stranger.session).invitation.accept({ token })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining(`this invitation is for ${email}`),
  });
  expect(await nobody().invitation.offer({ token })).not.toBeNull();
});

test("who is a member or invited already is refused at the field, unless the invitation has run out", async () => {
  const { owner, session, email, issued } = await newInvitation();
  const refused = (message: string) => ({ code: "BAD_REQUEST", message: expect.stringContaining(message), cause: { details: { field: "email" } } });
  await expect(owner.member.invite({ email: ` ${email.toUpperCase()} `, role: "viewer" })).rejects.toMatchObject(refused("invited already"));
  const { email: own } = await world.db.system.user.findUniqueOrThrow({ where: { id: session.userId } });
  await expect(owner.member.invite({ email: own, role: "viewer" })).rejects.toMatchObject(refused("Ada Lovelace is a member already"));
  await world.db.system.$executeRaw`update invitation set expires_at = clock_timestamp() - interval '1 hour' where id = ${issued.invitation.id}::uuid`;
  await owner.member.invite({ email, role: "viewer" });
  expect((await owner.member.list()).invitations).toMatchObject([{ email, role: "viewer" }]);
});

test("an address that is invited twice at the same moment is invited once", async () => {
  const { session } = await world.organization();
  const email = newEmail();
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => world.caller(session).member.invite({ email, role: "viewer" })));
  expect(outcomes.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { code: "BAD_REQUEST" } }, { reason: { code: "BAD_REQUEST" } }]);
});

test("tries are counted by address", async () => {
  const { token } = await newInvitation();
  const caller = createCaller({ ...world.context(null), clientAddress: "192.0.2.44" });
  for (let tries = 0; tries < 10; tries++) await expect(caller.invitation.accept({ token: "wrong" })).rejects.toMatchObject(INVALID);
  await expect(caller.invitation.accept({ token, account: ACCOUNT })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(nobody().invitation.accept({ token, account: ACCOUNT })).resolves.toBeDefined();
});

test("an organization cannot be used to send any number of messages", async () => {
  const { orgId, owner } = await newInvitation();
  await world.db.system.rateLimit.updateMany({ where: { key: `invitation.issue|${orgId}` }, data: { count: 100 } });
  await expect(owner.member.invite({ email: newEmail(), role: "viewer" })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});
