import { z } from "zod";
import { ALL_NOTICE_TYPES } from "@/domain/notice";
import { DELIVERY_STATUSES, type DeliveryFilter } from "@/domain/notification-delivery";

/** What the list of messages can be narrowed to; it stands in the address, so that a view can be shared and survives Back. */
export type DeliveryView = Pick<DeliveryFilter, "channelId" | "status" | "type">;

type Params = Record<string, string | string[] | undefined>;

const uuid = z.uuid();
const status = z.enum(DELIVERY_STATUSES);
const type = z.enum(ALL_NOTICE_TYPES);

/** Reads the address leniently: what is no filter filters nothing. */
export function deliveryViewOf(params: Params): DeliveryView {
  const channelId = uuid.safeParse(params.channel).data;
  const only = status.safeParse(params.status).data;
  const event = type.safeParse(params.event).data;
  return { ...(channelId && { channelId }), ...(only && { status: only }), ...(event && { type: event }) };
}

/** The address of a view: "/settings/notifications?channel=…&status=failed&event=run.failed". */
export function deliveryViewHref({ channelId, status: only, type: event }: DeliveryView): string {
  const params = new URLSearchParams();
  if (channelId) params.set("channel", channelId);
  if (only) params.set("status", only);
  if (event) params.set("event", event);
  return params.size === 0 ? "/settings/notifications" : `/settings/notifications?${params}`;
}

/** What the API is asked for; the page's prefetch and the list must agree on it. */
export function deliveryListInput(view: DeliveryView): DeliveryView & { limit: number } {
  return { ...view, limit: 25 };
}

/** How the list goes on. */
export const DELIVERY_PAGING = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor };
