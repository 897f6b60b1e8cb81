import { z } from "zod";
import { changePassword } from "@/auth/password";
import { resetPassword } from "@/auth/password-reset";
import { sendResetMail } from "@/auth/reset-mail";
import { auditPerson, findPerson, renamePerson } from "@/db/accounts";
import { changesBetween } from "@/db/audit";
import { storePreferences } from "@/db/preferences";
import { countAttempt } from "@/db/rate-limit";
import { endSession, endSessions, listSessions } from "@/db/sessions";
import { accountNameSchema, accountSessionSchema, passwordChangeSchema, passwordResetSchema, resetRequestSchema } from "@/domain/account";
import { AppError } from "@/domain/errors";
import { preferencesSchema } from "@/domain/preferences-schema";
import type { ApiContext } from "../context";
import { personalProcedure, publicProcedure, router } from "../init";

const TRIES = 5;
const WINDOW_MS = 60_000;
const endedSchema = z.object({ endedSessions: z.int() });

export const accountRouter = router({
  /** How a forgotten password is replaced. */
  recovery: publicProcedure.output(z.object({ byMail: z.boolean() })).query(({ ctx }) => ({ byMail: ctx.mailer !== null })),

  /** The same answer, as quickly, whether or not this is somebody's address. */
  requestReset: publicProcedure
    .input(resetRequestSchema)
    .output(z.object({ requested: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await limitTries(ctx, "account.requestReset");
      const { db, log, mailer, settings } = ctx;
      if (!mailer) throw new AppError("forbidden", "Milkrun sends no mail here. Ask an owner or admin of your organization for a reset link.");
      sendResetMail({ db, log, mailer, baseUrl: settings.baseUrl }, input.email);
      return { requested: true };
    }),

  reset: publicProcedure
    .input(passwordResetSchema)
    .output(z.object({ reset: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await limitTries(ctx, "account.reset");
      await resetPassword(ctx.db, input, ctx.clientAddress);
      return { reset: true };
    }),

  rename: personalProcedure
    .input(accountNameSchema)
    .output(accountNameSchema)
    .mutation(({ ctx, input }) =>
      ctx.db.withSystem(async (tx) => {
        const person = await findPerson(tx, { id: ctx.session.userId });
        if (!person) throw new AppError("not_found", "Your account is gone. Nothing was changed.");
        await renamePerson(tx, person.id, input.name);
        const changes = changesBetween({ name: person.name }, input, ["name"]);
        const actor = { id: person.id, name: input.name, address: ctx.clientAddress };
        await auditPerson(tx, person.id, actor, { action: "account.rename", summary: `Changed their name to ${input.name}`, changes });
        return input;
      }),
    ),

  /** They come back with `member.me`. */
  savePreferences: personalProcedure
    .input(preferencesSchema)
    .output(preferencesSchema)
    .mutation(async ({ ctx, input }) => {
      await storePreferences(ctx.db.system, ctx.session.userId, input);
      return input;
    }),

  changePassword: personalProcedure
    .input(passwordChangeSchema)
    .output(endedSchema)
    .mutation(async ({ ctx: { db, session, clientAddress }, input }) => ({
      endedSessions: await changePassword(db, { ...session, clientAddress }, input),
    })),

  sessions: personalProcedure.output(z.array(accountSessionSchema)).query(async ({ ctx: { db, session } }) => {
    const sessions = await listSessions(db.system, session.userId);
    return sessions.map((entry) => ({ ...entry, isCurrent: entry.id === session.id }));
  }),

  endSession: personalProcedure
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ ended: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      if (await endSession(ctx.db.system, ctx.session.userId, input.id)) return { ended: true };
      throw new AppError("not_found", "This session has ended already.");
    }),

  endOtherSessions: personalProcedure
    .output(endedSchema)
    .mutation(async ({ ctx: { db, session } }) => ({ endedSessions: await endSessions(db.system, session.userId, session.id) })),
});

async function limitTries({ db, clientAddress }: ApiContext, what: string): Promise<void> {
  const tries = await countAttempt(db.system, `${what}|${clientAddress}`, WINDOW_MS);
  if (tries > TRIES) throw new AppError("rate_limited", "Too many tries. Nothing was changed. Wait a minute and try again.");
}
