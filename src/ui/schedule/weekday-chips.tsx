"use client";
import { Button, Fieldset, Group } from "@mantine/core";
import { WEEKDAY_NAMES } from "@/domain/cron-fields";
import { usePreferences } from "@/ui/time/preferences";
import { weekdaysFrom } from "@/ui/time/weekdays";
import fieldset from "./choice-fieldset.module.css";
import classes from "./weekday-chips.module.css";

interface WeekdayChipsProps {
  /** Sunday is 0; ascending. */
  weekdays: readonly number[];
  onChange: (weekdays: readonly number[]) => void;
}

const WORKING_DAYS = [1, 2, 3, 4, 5];

/** The days of the reader's week, each to be switched on or off, and the working days at once. */
export function WeekdayChips({ weekdays, onChange }: WeekdayChipsProps) {
  const { firstWeekday } = usePreferences();

  function toggle(day: number) {
    onChange(weekdays.includes(day) ? weekdays.filter((each) => each !== day) : [...weekdays, day].sort((one, other) => one - other));
  }

  return (
    <Fieldset variant="unstyled" legend="Weekdays" classNames={fieldset}>
      <Group gap={6}>
        {weekdaysFrom(firstWeekday).map((day) => (
          <label key={day} className={classes.chip}>
            <input type="checkbox" aria-label={WEEKDAY_NAMES[day]} checked={weekdays.includes(day)} onChange={() => toggle(day)} />
            {WEEKDAY_NAMES[day]?.slice(0, 3)}
          </label>
        ))}
        <Button variant="subtle" size="compact-sm" className={classes.all} onClick={() => onChange(WORKING_DAYS)}>
          Mon to Fri
        </Button>
      </Group>
    </Fieldset>
  );
}
