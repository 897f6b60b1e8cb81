import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { keyMay } from "@/auth/key-scopes";
import { type AuditAction, recordAudit } from "@/db/audit";
import { findMembership, type Membership } from "@/db/members";
import type { Tx } from "@/db/transaction";
import { getValidKey, type KeyIdentity } from "@/db/valid-keys";
import type { Actor } from "@/domain/actor";
import { AppError, isAppError } from "@/domain/errors";
import { may, type Permission, parseRole, type Role } from "@/domain/roles";
import type { ApiContext, ApiSession } from "./context";
import { publicMessage, readFieldErrors, toTrpcError } from "./error-mapping";
import { noteActivityNow } from "./note-activity";

const PING_MS = 15_000;

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  // Stack traces stay in the log, in development too.
  isDev: false,
  errorFormatter({ shape, error }) {
    const { cause } = error;
    const appError = isAppError(cause) ? { code: cause.code, details: cause.details } : null;
    return { ...shape, message: publicMessage(error), data: { ...shape.data, appError, fieldErrors: readFieldErrors(error) } };
  },
  sse: {
    ping: { enabled: true, intervalMs: PING_MS },
    // Two pings missed: the line is dead.
    client: { reconnectAfterInactivityMs: 2 * PING_MS + 5_000 },
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For whoever has no session: set-up, invitations and forgotten passwords only. */
export const publicProcedure = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, ctx.log);
  return result;
});

/** For whoever is signed in, about their own account, whether or not they belong to an organization. */
export const personalProcedure = publicProcedure.use(({ ctx, next }) => next({ ctx: { session: getSession(ctx) } }));

function getSession({ session, apiKey }: ApiContext): ApiSession {
  if (apiKey) throw new AppError("forbidden", "API keys may not do this. Nothing was changed. A person has to do it, signed in.");
  if (!session) throw new AppError("unauthenticated", "You are signed out. Sign in to go on.");
  return session;
}

/** A session within an organization. */
export interface MemberSession extends ApiSession {
  organizationId: string;
}

/** For people who are signed in. Follow it with the input and then `authorized` or `inTransaction`. */
export const signedInProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const session = getMemberSession(ctx);
  await noteActivityNow(ctx.db, session);
  return next({ ctx: { session } });
});

function getMemberSession(ctx: ApiContext): MemberSession {
  const session = getSession(ctx);
  const { organizationId } = session;
  if (organizationId === null) throw new AppError("forbidden", "Your account belongs to no organization. Ask the owner of one to invite you.");
  // What a page shows of one organization must not be saved into another.
  if (ctx.shownOrganizationId !== null && ctx.shownOrganizationId !== organizationId) {
    throw new AppError("forbidden", "You work in another organization by now, in another tab. Nothing was changed here. Reload the page to go on.");
  }
  return { ...session, organizationId };
}

/** Who asks for something that programs may ask for, too: a person by their session, or an API key. */
export type Caller = MemberSession | KeyIdentity;

/** For people who are signed in and for programs with an API key. Follow it with the input and then `actAuthorized` or `actInTransaction`. */
export const actingProcedure = publicProcedure.use(({ ctx, next }) => next({ ctx: { caller: getCaller(ctx) } }));

/** Who asks. */
export function getCaller(ctx: ApiContext): Caller {
  return ctx.apiKey ?? getMemberSession(ctx);
}

/** A membership whose role is known and includes what was asked. */
export interface Member extends Membership {
  role: Role;
}

/** @throws AppError `forbidden` when the person left the organization or their role does not include this. */
async function getMember(tx: Tx, session: MemberSession, permission: Permission): Promise<Member> {
  const membership = await findMembership(tx, session.organizationId, session.userId);
  const role = membership && parseRole(membership.role);
  if (!role) throw new AppError("forbidden", "You are no longer a member of this organization. Sign in again, or ask its owner to invite you.");
  if (!may(role, permission)) {
    throw new AppError("forbidden", `Your role, ${role}, does not allow this. Nothing was changed. Ask an owner or admin of the organization.`);
  }
  return { ...membership, role };
}

/**
 * Who acts. A key is looked up anew, so that one that was revoked is refused at once.
 * @throws AppError `forbidden` when the person's role or the key's scopes do not include this; `unauthenticated` when the key is not valid (any more).
 */
export async function getActor(tx: Tx, caller: Caller, permission: Permission): Promise<Actor> {
  if ("userId" in caller) {
    const { user } = await getMember(tx, caller, permission);
    return { id: user.id, name: user.name, apiKeyPrefix: null };
  }
  const { id, name, prefix, scopes } = await getValidKey(tx, caller);
  if (keyMay(scopes, permission)) return { id, name, apiKeyPrefix: prefix };
  throw new AppError("forbidden", `The scopes of this API key, ${scopes.join(" and ")}, do not allow this. Nothing was changed. Make a key that may do it.`);
}

/** Checks the permission and closes the transaction again: for procedures that wait. */
export function authorized(permission: Permission) {
  return t.middleware(async ({ ctx, next }) => {
    const session = getMemberSession(ctx);
    const member = await ctx.db.withTenant(session.organizationId, (tx) => getMember(tx, session, permission));
    return next({ ctx: { member } });
  });
}

/** What a member does, in a transaction that sees their organization only. */
export interface MemberScope {
  tx: Tx;
  orgId: string;
  member: Member;
  audit(action: AuditAction): Promise<void>;
}

/** Checks the permission and does the work in the same transaction. Rolled back when `work` throws. */
export function asMember<T>(ctx: ApiContext, session: MemberSession, permission: Permission, work: (scope: MemberScope) => Promise<T>): Promise<T> {
  const { organizationId: orgId } = session;
  return ctx.db.withTenant(orgId, async (tx) => {
    const member = await getMember(tx, session, permission);
    const { id, name } = member.user;
    return work({ tx, orgId, member, audit: auditor(tx, orgId, { id, name, apiKeyPrefix: null }, ctx.clientAddress) });
  });
}

/** The permission that a procedure for programs asks for, as its middleware bears it; the description of the API reads it. */
export const PROGRAM_PERMISSION = Symbol("milkrun.program-permission");

function forPrograms<M extends { _middlewares: readonly object[] }>(permission: Permission, middleware: M): M {
  for (const step of middleware._middlewares) Object.assign(step, { [PROGRAM_PERMISSION]: permission });
  return middleware;
}

/** As `authorized`, for whoever may follow `actingProcedure`. */
export function actAuthorized(permission: Permission) {
  const middleware = t.middleware(async ({ ctx, next }) => {
    const caller = getCaller(ctx);
    const actor = await ctx.db.withTenant(caller.organizationId, (tx) => getActor(tx, caller, permission));
    return next({ ctx: { actor } });
  });
  return forPrograms(permission, middleware);
}

/**
 * Checks the permission and carries the procedure out in the same transaction, which sees the session's organization
 * only. Stands after the input, so that no transaction waits for a slow body, and before the output, so that an answer
 * that cannot be given is not saved either.
 */
export function inTransaction(permission: Permission) {
  return t.middleware(({ ctx, next }) => asMember(ctx, getMemberSession(ctx), permission, async (scope) => orThrow(await next({ ctx: scope }))));
}

/** As `inTransaction`, for whoever may follow `actingProcedure`. */
export function actInTransaction(permission: Permission) {
  const middleware = t.middleware(({ ctx, next }) => {
    const caller = getCaller(ctx);
    const { organizationId: orgId } = caller;
    return ctx.db.withTenant(orgId, async (tx) => {
      const actor = await getActor(tx, caller, permission);
      return orThrow(await next({ ctx: { tx, orgId, actor, audit: auditor(tx, orgId, actor, ctx.clientAddress) } }));
    });
  });
  return forPrograms(permission, middleware);
}

function auditor(tx: Tx, orgId: string, { id, name, apiKeyPrefix }: Actor, address: string) {
  return (action: AuditAction) => recordAudit(tx, { ...action, orgId, actorId: id, actorName: name, apiKeyPrefix, address });
}

/** Thrown, so that the transaction is rolled back. */
function orThrow<Result extends { ok: true } | { ok: false; error: Error }>(result: Result): Result {
  if (!result.ok) throw result.error;
  return result;
}
