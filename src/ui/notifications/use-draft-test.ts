"use client";
import { useMutation } from "@tanstack/react-query";
import type { DraftTestAnswer } from "@/domain/draft-test";
import type { Channel } from "@/domain/notification-channel";
import { fieldErrorsOf } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { type ChannelFormErrors, type ChannelFormValues, checkDraft } from "./channel-form";

interface DraftTestOptions {
  /** The stored channel that is being changed; null for a new one. */
  channel: Channel | null;
  values: ChannelFormValues;
  /** The values cannot be tested as they are: messages by the form's paths. */
  onInvalid: (errors: ChannelFormErrors) => void;
  /** The server refused them, with messages that belong to inputs. */
  onRefused: (error: unknown) => void;
}

/** A test message with the values on the screen, which are not saved by it. */
export interface DraftTest {
  send: () => void;
  isIdle: boolean;
  isSending: boolean;
  /** Null until it is known, and once the values are others than those that were tested. */
  outcome: DraftTestAnswer | null;
  /** The values are others than those that were tested. */
  isOutdated: boolean;
  error: unknown;
}

/** Has a test message sent with the form's values and waits for the receiver's answer. */
export function useDraftTest({ channel, values, onInvalid, onRefused }: DraftTestOptions): DraftTest {
  const { mutate, data, variables, isIdle, isPending, error } = useMutation(
    useTRPC().notification.testDraft.mutationOptions({ onError: (refusal) => fieldErrorsOf(refusal).length > 0 && onRefused(refusal) }),
  );
  const check = checkDraft(values);
  const isOutdated = variables !== undefined && !(check.ok && isSame(check.definition, variables.definition));
  const send = () => (check.ok ? mutate({ channelId: channel?.id ?? null, definition: check.definition }) : onInvalid(check.errors));
  // What belongs to an input stands there.
  const isShown = error !== null && !isOutdated && fieldErrorsOf(error).length === 0;
  return {
    send,
    isIdle,
    isSending: isPending,
    outcome: data && !isOutdated ? data : null,
    isOutdated: isOutdated && !isPending,
    error: isShown ? error : null,
  };
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
