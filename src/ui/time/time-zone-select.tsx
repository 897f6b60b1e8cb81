"use client";
import { type ComboboxItem, type ComboboxParsedItem, Select, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { formatOffset } from "@/domain/format-time";
import { offsetMsAt, TIME_ZONE_IDS } from "@/domain/time-zone";
import { searchTimeZones } from "@/domain/time-zone-search";
import { useNow } from "./now";
import { usePreferences } from "./preferences";
import { TIME_ZONE_LOOK, type TimeZoneSelectProps, timeZoneLabel } from "./resting-time-zone";
import classes from "./time-zone-select.module.css";
import { useViewerZone } from "./viewer-zone";
import { formatClock } from "./zoned-time";

const MINUTE_MS = 60_000;
const MOST_ROWS = 50;

/** A time zone by city, IANA name, old name, country, abbreviation or offset. Only a listed zone can be picked, and it is kept as picked. */
export function TimeZoneSelect({ id, size = "md", value, onChange, error, description, organizationZone }: TimeZoneSelectProps) {
  const now = useNow(MINUTE_MS);
  const viewerZone = useViewerZone();
  const pinned = [...new Set([organizationZone, viewerZone, "UTC"].filter((zone) => zone != null))];
  const pinnedKey = pinned.join(" ");
  const data = useMemo(() => groupOptions(pinnedKey.split(" "), value), [pinnedKey, value]);
  // The list stays in the document while it is closed, and hundreds of rows there would be in everybody's way.
  const [opened, setOpened] = useState(false);
  return (
    <Select
      id={id}
      {...TIME_ZONE_LOOK}
      size={size}
      description={description}
      data={data}
      value={value === "" ? null : value}
      onChange={(picked) => picked !== null && onChange(picked)}
      error={error}
      searchable
      allowDeselect={false}
      openOnFocus={false}
      // What stands there is a name, not a search: typing replaces it.
      onFocus={(event) => event.currentTarget.select()}
      selectFirstOptionOnChange
      selectFirstOptionOnDropdownOpen
      // Enter picks; it must not submit the form around it.
      onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      filter={({ options, search }) => (opened ? rowsFor(options, search, now) : [])}
      renderOption={({ option }) => <ZoneRow option={option} now={now} whose={whoseZone(option.value, organizationZone, viewerZone)} />}
      nothingFoundMessage="No time zone matches. Try a city, for instance Lisbon."
      // The list itself scrolls, and it stays within the page's landmarks.
      withScrollArea={false}
      classNames={{ options: classes.options }}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

function toOption(id: string): ComboboxItem {
  return { value: id, label: timeZoneLabel(id) };
}

function groupOptions(pinned: readonly string[], value: string) {
  const others = TIME_ZONE_IDS.filter((id) => !pinned.includes(id));
  // A stored zone may go by an older name than the list's.
  const stored = value === "" || pinned.includes(value) || others.includes(value) ? [] : [value];
  return [
    { group: "Suggested", items: [...stored, ...pinned].map(toOption) },
    { group: "All zones", items: others.map(toOption) },
  ];
}

function rowsFor(options: ComboboxParsedItem[], search: string, now: Date): ComboboxParsedItem[] {
  if (search.trim() !== "") return searchTimeZones(search, now, MOST_ROWS).map(({ id }) => toOption(id));
  return options.map((group) => ("items" in group ? { ...group, items: group.items.slice(0, MOST_ROWS) } : group));
}

/** The reader's own comes before the organization's: where both are one, theirs is what they look for. */
function whoseZone(id: string, organizationZone: string | undefined, viewerZone: string | null): string | null {
  if (id === viewerZone) return "Your browser";
  return id === organizationZone ? "Your organization" : null;
}

function ZoneRow({ option, now, whose }: { option: ComboboxItem; now: Date; whose: string | null }) {
  const { clockStyle } = usePreferences();
  const offset = formatOffset(offsetMsAt(option.value, now));
  return (
    <span>
      {whose === null ? option.label : `${whose}: ${option.value}`}
      <Text span inherit className={classes.facts}>
        {offset === option.label ? "" : `, ${offset}`}, now {formatClock(now, option.value, clockStyle)}
      </Text>
    </span>
  );
}
