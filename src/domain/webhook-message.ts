/** The `webhook-id` of a delivery: the same however often it is sent, so that a receiver can drop what it has. */
export function webhookIdOf(deliveryId: string): string {
  return `msg_${deliveryId.replaceAll("-", "")}`;
}
