"use client";
import type { Delivery } from "@/domain/notification-delivery";
import { Fact, FactList } from "@/ui/display/fact-list";
import { Instant } from "@/ui/time/instant";
import { ChannelName } from "./channel-kind";
import { isOnTheWay } from "./delivery-words";
import { NextTry } from "./next-try";

/** To whom and when; for webhooks, how the receiver knows the message. */
export function DeliveryFacts({ delivery, timeZone }: { delivery: Delivery; timeZone: string }) {
  const { channel, createdAt, dueAt, finishedAt, status, webhookId } = delivery;
  return (
    <FactList cols={{ base: 1, xs: 2 }}>
      <Fact term="Channel">
        <ChannelName channel={channel} />
      </Fact>
      <Fact term="Made">
        <Instant at={createdAt} timeZone={timeZone} />
      </Fact>
      {isOnTheWay(status) && (
        <Fact term="Next try">
          <NextTry at={dueAt} timeZone={timeZone} />
        </Fact>
      )}
      {finishedAt && (
        <Fact term="Finished">
          <Instant at={finishedAt} timeZone={timeZone} />
        </Fact>
      )}
      {channel.kind === "webhook" && <Fact term="webhook-id">{webhookId}</Fact>}
    </FactList>
  );
}
