"use client";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";

/** When a message is sent, or tried again; what is due is sent as soon as the channel is free. */
export function NextTry({ at, timeZone }: { at: Date; timeZone: string }) {
  return at <= useNow() ? "Now" : <Instant at={at} timeZone={timeZone} relative />;
}
