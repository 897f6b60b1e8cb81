"use client";
import { CloseButton, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { formatTimeOfDay, readTimeOfDay, type TimeOfDay } from "@/domain/time-of-day";
import classes from "./times-of-day.module.css";

/** Nothing can follow that would make another time of it. */
const IS_WHOLE = /^\d{1,2}:\d{2}$/;

interface TimeFieldProps {
  label: string;
  /** Null while there is none. */
  time: TimeOfDay | null;
  /** Takes a time over as soon as it is whole, and not only when the field is left. */
  takesWhileTyping: boolean;
  isFocused?: boolean;
  /** Of the message that says what is wrong here. */
  messageId: string | null;
  /** Null for what cannot be read. Says whether the time was taken over; else what was typed stays. */
  onTime: (time: TimeOfDay | null) => boolean;
  /** Nothing stands there any more. */
  onEmpty: () => void;
  onRemove?: (() => void) | undefined;
}

/** One time of day as a chip that can be typed in. */
export function TimeField({ label, time, takesWhileTyping, isFocused = false, messageId, onTime, onEmpty, onRemove }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = time === null ? "" : formatTimeOfDay(time);

  function type(text: string) {
    setTyped(text);
    const read = readTimeOfDay(text);
    if (takesWhileTyping && read && IS_WHOLE.test(text)) onTime(read);
  }

  function settle() {
    if (typed?.trim() === "" || (typed === null && time === null)) {
      setTyped(null);
      return onEmpty();
    }
    if (typed !== null && (typed === shown || onTime(readTimeOfDay(typed)))) setTyped(null);
  }

  // Enter takes the time over; it must not submit the form around it.
  function settleOnEnter(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    settle();
  }

  return (
    <TextInput
      aria-label={label}
      className={classes.time}
      classNames={{ input: classes.input }}
      radius="xl"
      placeholder="07:00"
      value={typed ?? shown}
      error={messageId !== null}
      attributes={{ input: { "aria-describedby": messageId ?? undefined } }}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={settleOnEnter}
      rightSection={onRemove && <CloseButton size="sm" radius="xl" aria-label={`Remove ${shown}`} onClick={onRemove} />}
      autoComplete="off"
      // It appears because the person asked for it.
      autoFocus={isFocused}
    />
  );
}
