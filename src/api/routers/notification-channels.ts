import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { createChannel, deleteChannel, getChannel, listChannels, rotateChannelSecret, updateChannel } from "@/db/notification-channels";
import { startChannelTest } from "@/db/start-delivery";
import { channelDraftSchema, draftTestAnswerSchema } from "@/domain/draft-test";
import { type Channel, channelDefinitionSchema, channelSchema, issuedChannelSchema, maskAddress } from "@/domain/notification-channel";
import { may } from "@/domain/roles";
import { authorized, inTransaction, type Member, signedInProcedure } from "../init";
import { testDraft } from "../test-draft";

const channelId = z.object({ id: z.uuid("Pick a channel from the list.") });

/** Fields whose old and new values stand in the audit. None of them is a secret. */
const AUDITED = ["name", "enabled", "recipients", "address", "digest", "digestMinute", "quietHours", "timeZone"] as const;

export const notificationChannels = {
  channels: signedInProcedure
    .use(inTransaction("notification.read"))
    .output(z.array(channelSchema))
    .query(async ({ ctx }) => (await listChannels(ctx.tx, ctx.orgId)).map((channel) => shownTo(ctx.member, channel))),

  createChannel: signedInProcedure
    .input(channelDefinitionSchema)
    .use(inTransaction("notification.manage"))
    .output(issuedChannelSchema)
    .mutation(async ({ ctx, input }) => {
      const issued = await createChannel(ctx.tx, ctx.db.keys, ctx.orgId, input);
      const { id, name } = issued.channel;
      await ctx.audit({ action: "notification.createChannel", subjectId: id, summary: `Created the channel “${name}” for notifications` });
      return issued;
    }),

  updateChannel: signedInProcedure
    .input(channelId.extend({ definition: channelDefinitionSchema }))
    .use(inTransaction("notification.manage"))
    .output(channelSchema)
    .mutation(async ({ ctx, input: { id, definition } }) => {
      const { channel, before, secretChanged } = await updateChannel(ctx.tx, ctx.db.keys, { orgId: ctx.orgId, id }, definition);
      const secret = secretChanged ? ", and what is secret about it" : "";
      const changes = changesBetween(before, channel, AUDITED);
      await ctx.audit({ action: "notification.updateChannel", subjectId: id, summary: `Changed the channel “${channel.name}”${secret}`, changes });
      return channel;
    }),

  deleteChannel: signedInProcedure
    .input(channelId)
    .use(inTransaction("notification.manage"))
    .output(z.object({ deleted: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const { name } = await deleteChannel(ctx.tx, ctx.orgId, id);
      await ctx.audit({ action: "notification.deleteChannel", subjectId: id, summary: `Deleted the channel “${name}”` });
      return { deleted: true };
    }),

  rotateSecret: signedInProcedure
    .input(channelId)
    .use(inTransaction("notification.manage"))
    .output(issuedChannelSchema)
    .mutation(async ({ ctx, input: { id } }) => {
      const issued = await rotateChannelSecret(ctx.tx, ctx.db.keys, ctx.orgId, id);
      await ctx.audit({ action: "notification.rotateSecret", subjectId: id, summary: `Replaced the signing key of the channel “${issued.channel.name}”` });
      return issued;
    }),

  testChannel: signedInProcedure
    .input(channelId)
    .use(inTransaction("notification.manage"))
    /** The message's id: its outcome stands in `delivery` once it has a `finishedAt`. */
    .output(z.object({ deliveryId: z.uuid() }))
    .mutation(async ({ ctx, input: { id } }) => {
      const { name } = await getChannel(ctx.tx, ctx.orgId, id);
      const deliveryId = await startChannelTest(ctx.tx, ctx.orgId, id);
      await ctx.audit({ action: "notification.testChannel", subjectId: id, summary: `Sent a test message on the channel “${name}”` });
      return { deliveryId };
    }),

  testDraft: signedInProcedure
    .input(channelDraftSchema)
    .use(authorized("notification.manage"))
    .output(draftTestAnswerSchema)
    .mutation(({ ctx, input, signal }) => testDraft(ctx, input, signal)),
};

/** An address may hold a key in its path, and knowing the name of a topic is enough to write to it. */
function shownTo({ role }: Member, channel: Channel): Channel {
  return channel.address === null || may(role, "notification.manage") ? channel : { ...channel, address: maskAddress(channel.address) };
}
