"use client";
import { Stack, Title } from "@mantine/core";
import type { RefObject } from "react";
import type { SchedulePreview } from "@/domain/schedule";
import { TimeZoneSelect } from "@/ui/time/time-zone-select";
import { CronField } from "./cron-field";
import { FIELD_IDS } from "./field-ids";
import type { ScheduleEditor } from "./use-schedule-editor";

interface WhenSectionProps {
  editor: ScheduleEditor;
  cronInput: RefObject<HTMLInputElement | null>;
  /** Of the draft as it stands; undefined while it is on its way. */
  preview: SchedulePreview | undefined;
  organizationZone: string;
}

/** When it runs: the expression and the zone that its times are meant in. */
export function WhenSection({ editor, cronInput, preview, organizationZone }: WhenSectionProps) {
  const refusal = preview?.ok === false ? preview : null;
  const cronRefusal = refusal?.input === "cronExpression" ? { message: refusal.message, field: refusal.cronField ?? "expression" } : null;
  const zoneRefusal = refusal?.input === "timeZone" ? refusal.message : undefined;
  return (
    <Stack gap="md" component="section" aria-labelledby="when-title">
      <Title order={2} size="h4" id="when-title">
        When
      </Title>
      <CronField editor={editor} inputRef={cronInput} refusal={cronRefusal} notes={preview?.ok ? preview.notes.map((note) => note.message) : []} />
      <TimeZoneSelect
        id={FIELD_IDS.timeZone}
        description="The times above are on this zone's clock."
        value={editor.draft.timeZone}
        error={editor.errors.timeZone ?? zoneRefusal}
        suggested={[organizationZone]}
        onChange={(timeZone) => editor.change({ timeZone })}
      />
    </Stack>
  );
}
