"use client";
import { Stack, Text, Title } from "@mantine/core";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import type { SchedulePreview } from "@/domain/schedule";
import { loadPart } from "@/ui/display/load-part";
import { useWarm } from "@/ui/display/use-warm";
import { WarmTimeZoneSelect } from "@/ui/time/warm-time-zone-select";
import { BuilderFields } from "./builder-fields";
import { BuilderModeControl } from "./builder-mode-control";
import { CronField } from "./cron-field";
import { FIELD_IDS } from "./field-ids";
import { useBuilder } from "./use-builder";
import { useCronJudgement } from "./use-cron-judgement";
import type { ScheduleEditor } from "./use-schedule-editor";
import classes from "./when-section.module.css";

const loadZoneNotice = () => import("./zone-change-notice").then((module) => module.ZoneChangeNotice);
const ZoneChangeNotice = dynamic(() => loadPart(loadZoneNotice), { ssr: false });

interface WhenSectionProps {
  editor: ScheduleEditor;
  cronInput: RefObject<HTMLInputElement | null>;
  /** Of the draft as it stands; undefined while it is on its way. */
  preview: SchedulePreview | undefined;
  organizationZone: string;
}

/** When it runs: as choices and as the expression, which are two sides of one thing, and the zone that its times are meant in. */
export function WhenSection({ editor, cronInput, preview, organizationZone }: WhenSectionProps) {
  const { cronExpression, timeZone } = editor.draft;
  const builder = useBuilder(cronExpression, (text) => editor.change({ cronExpression: text }));
  const judgement = useCronJudgement(editor, preview);
  const storedZone = editor.schedule?.timeZone;
  useWarm(loadZoneNotice);
  const zoneRefusal = preview?.ok === false && preview.input === "timeZone" ? preview.message : undefined;

  function editAsCron() {
    builder.pick("custom");
    cronInput.current?.focus();
  }

  return (
    <Stack gap="md" component="section" aria-labelledby="when-title">
      <Title order={2} size="h4" id="when-title">
        When
      </Title>
      <BuilderModeControl mode={builder.mode} onPick={builder.pick} />
      <BuilderFields builder={builder} timeZone={timeZone} onCustom={editAsCron} />
      <Text role="status" fw={600} className={classes.words}>
        <Words sentence={judgement.words} />
      </Text>
      <CronField editor={editor} inputRef={cronInput} judgement={judgement} notes={preview?.ok ? preview.notes : []} />
      <WarmTimeZoneSelect
        id={FIELD_IDS.timeZone}
        description="The times above are on this zone's clock."
        value={timeZone}
        error={editor.errors.timeZone ?? zoneRefusal}
        organizationZone={organizationZone}
        onChange={(picked) => editor.change({ timeZone: picked })}
      />
      {storedZone && storedZone !== editor.draft.timeZone && <ZoneChangeNotice editor={editor} storedZone={storedZone} />}
    </Stack>
  );
}

/** The "or" of both day fields is what people read over. */
function Words({ sentence }: { sentence: string }) {
  const [days = "", ...others] = sentence.includes("(whichever comes)") ? sentence.split(" or on ") : [sentence];
  if (others.length === 0) return sentence;
  return (
    <>
      {days} <u>or</u> on {others.join(" or on ")}
    </>
  );
}
