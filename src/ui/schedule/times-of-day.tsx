"use client";
import { Button, Fieldset, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import type { TimeOfDay } from "@/domain/time-of-day";
import fieldset from "./choice-fieldset.module.css";
import { TimeField } from "./time-field";
import classes from "./times-of-day.module.css";
import { minuteMark, moveAll, putTime, refusalWords, type TimeSlot, type Times } from "./times-plan";

interface TimesOfDayProps {
  times: Times;
  onChange: (times: Times) => void;
  onCustom: () => void;
}

/** The times of a day. Cron has one minute for all of them: where that does not fit, says why and what can be done. */
export function TimesOfDay({ times, onChange, onCustom }: TimesOfDayProps) {
  const { minute, hours } = times;
  const [isAdding, setAdding] = useState(false);
  const [refused, setRefused] = useState<{ slot: TimeSlot; time: TimeOfDay | null } | null>(null);
  const messageId = useId();
  const addButton = useReturnedFocus(isAdding, hours.length);
  const only = hours.length <= 1;
  const slots: TimeSlot[] = [...(hours.length === 0 ? (["new"] as const) : hours), ...(isAdding ? (["new"] as const) : [])];

  function change(next: Times) {
    setRefused(null);
    setAdding(false);
    onChange(next);
  }

  function put(slot: TimeSlot, time: TimeOfDay | null): boolean {
    const next = time && putTime(times, slot, time);
    if (next) change(next);
    else setRefused({ slot, time });
    return next !== null;
  }

  function leaveEmpty(slot: TimeSlot) {
    if (refused?.slot === slot) setRefused(null);
    if (slot === "new") setAdding(false);
  }

  return (
    <Fieldset variant="unstyled" legend={only ? "Time" : "Times"} classNames={fieldset}>
      <Group gap={6}>
        {slots.map((slot, index) => (
          <TimeField
            // While it is the only one, it is the same field whatever its time is.
            key={only && index === 0 ? "only" : slot}
            label={index === 0 && only ? "Time" : slot === "new" ? "New time" : `Time ${index + 1}`}
            time={slot === "new" ? null : { hour: slot, minute: minute ?? 0 }}
            takesWhileTyping={only && !isAdding}
            isFocused={isAdding && slot === "new"}
            messageId={refused?.slot === slot ? messageId : null}
            onTime={(time) => put(slot, time)}
            onEmpty={() => leaveEmpty(slot)}
            onRemove={only || slot === "new" ? undefined : () => change({ minute, hours: hours.filter((hour) => hour !== slot) })}
          />
        ))}
        {hours.length > 0 && !isAdding && (
          <Button
            ref={addButton}
            variant="subtle"
            size="compact-sm"
            className={classes.add}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add time
          </Button>
        )}
      </Group>
      <div aria-live="polite">
        {refused && (
          <Text size="sm" mt={6} className={classes.message} id={messageId}>
            {refusalWords(times, refused.slot, refused.time)}
          </Text>
        )}
      </div>
      {refused?.time && (
        <Group gap="xs" mt={6}>
          <Button variant="default" size="compact-sm" onClick={() => refused.time && change(moveAll(times, refused.slot, refused.time))}>
            Move all to {minuteMark(refused.time.minute)}
          </Button>
          <Button variant="default" size="compact-sm" onClick={onCustom}>
            Edit as cron
          </Button>
        </Group>
      )}
    </Fieldset>
  );
}

/** A field that went away while the person was in it leaves them at the button. */
function useReturnedFocus(isAdding: boolean, count: number) {
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef({ isAdding, count });
  useEffect(() => {
    const hasLess = (before.current.isAdding && !isAdding) || count < before.current.count;
    before.current = { isAdding, count };
    if (hasLess && document.activeElement === document.body) button.current?.focus();
  }, [isAdding, count]);
  return button;
}
