import { z } from "zod";
import { getDelivery, listDeliveries } from "@/db/deliveries";
import { redeliver } from "@/db/start-delivery";
import { deliveryFilterSchema, deliveryPageSchema, deliverySchema } from "@/domain/notification-delivery";
import { inTransaction, signedInProcedure } from "../init";

const deliveryId = z.object({ id: z.uuid("Pick a message from the list.") });

export const notificationDeliveries = {
  deliveries: signedInProcedure
    .input(deliveryFilterSchema)
    .use(inTransaction("notification.read"))
    .output(deliveryPageSchema)
    .query(({ ctx, input }) => listDeliveries(ctx.tx, ctx.orgId, input)),

  delivery: signedInProcedure
    .input(deliveryId)
    .use(inTransaction("notification.read"))
    .output(deliverySchema)
    .query(({ ctx, input: { id } }) => getDelivery(ctx.tx, ctx.orgId, id)),

  redeliver: signedInProcedure
    .input(deliveryId)
    .use(inTransaction("notification.manage"))
    .output(deliverySchema)
    .mutation(async ({ ctx, input: { id } }) => {
      await redeliver(ctx.tx, ctx.orgId, id);
      const delivery = await getDelivery(ctx.tx, ctx.orgId, id);
      const summary = `Sent the message “${delivery.title}” once more on the channel “${delivery.channel.name}”`;
      await ctx.audit({ action: "notification.redeliver", subjectId: id, summary });
      return delivery;
    }),

  mailStatus: signedInProcedure
    .use(inTransaction("notification.read"))
    /** Whether the operator has set up a mail server. */
    .output(z.object({ configured: z.boolean() }))
    .query(({ ctx }) => ({ configured: ctx.mailer !== null })),
};
