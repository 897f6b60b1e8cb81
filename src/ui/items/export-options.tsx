"use client";
import { Checkbox, Select, Stack } from "@mantine/core";
import type { SeparatorName } from "@/domain/item-export";
import { TimeZoneSelect } from "@/ui/time/time-zone-select";
import type { ExportChoice } from "./export-address";

const SEPARATORS: { value: SeparatorName; label: string }[] = [
  { value: "comma", label: "Comma" },
  { value: "semicolon", label: "Semicolon" },
  { value: "tab", label: "Tab" },
];

interface OptionsProps {
  choice: ExportChoice;
  onChange: (part: Partial<ExportChoice>) => void;
}

/** In which zone times are written, and how. */
export function DateOptions({ choice, organizationZone, onChange }: OptionsProps & { organizationZone: string }) {
  return (
    <Stack gap="sm">
      <TimeZoneSelect
        value={choice.zone}
        organizationZone={organizationZone}
        description="Times in the file are of this zone."
        onChange={(zone) => onChange({ zone })}
      />
      {choice.format === "csv" && (
        <Checkbox
          label="Times as a clock shows them"
          description="2026-11-24 07:00:00, which spreadsheets read as a time, and not 2026-11-24T07:00:00+01:00. The column's name says the zone."
          checked={choice.localDates}
          onChange={(event) => onChange({ localDates: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

/** How CSV is written. */
export function CsvOptions({ choice, onChange }: OptionsProps) {
  return (
    <Stack gap="sm">
      <Select
        label="Separator"
        data={SEPARATORS}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={choice.separator}
        onChange={(separator) => separator && onChange({ separator })}
        w={{ base: "100%", xs: 220 }}
      />
      <Checkbox
        label="Protect against formulas"
        description="A spreadsheet would calculate a text that begins with =, +, - or @. It gets an apostrophe in front."
        checked={choice.formulaSafe}
        onChange={(event) => onChange({ formulaSafe: event.currentTarget.checked })}
      />
      <Checkbox
        label="For Excel"
        description="Begins the file with a byte order mark, so that Excel reads letters such as ü rightly."
        checked={choice.bom}
        onChange={(event) => onChange({ bom: event.currentTarget.checked })}
      />
    </Stack>
  );
}
