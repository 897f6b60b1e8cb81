"use client";
import { Alert, Button, Group } from "@mantine/core";
import { IconClockShare } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { sameTimeZone } from "@/domain/time-zone";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import type { ScheduleEditor } from "./use-schedule-editor";
import { zoneChange } from "./zone-change";

const MINUTE_MS = 60_000;

/** What another zone than the stored one does to the times, and the way to keep the moment instead. */
export function ZoneChangeNotice({ editor, storedZone }: { editor: ScheduleEditor; storedZone: string }) {
  const { cronExpression, timeZone } = editor.draft;
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const [kept, setKept] = useState<{ from: string; to: string; timeZone: string } | null>(null);
  if (sameTimeZone(storedZone, timeZone)) return null;
  if (kept?.to === cronExpression && kept.timeZone === timeZone) {
    return (
      <Notice action="Keep the time instead" onAction={() => editor.change({ cronExpression: kept.from })}>
        The moment stays: {kept.from} is now written as {kept.to}, on the new zone's clock.
      </Notice>
    );
  }
  const change = zoneChange(cronExpression, storedZone, timeZone, now, clockStyle);
  if (change === null) return null;
  const { sameMoment, words } = change;
  if (sameMoment === null) return <Notice>{words}</Notice>;

  function keepMoment(to: string) {
    setKept({ from: cronExpression, to, timeZone });
    editor.change({ cronExpression: to });
  }

  return (
    <Notice action="Keep the same moment instead" onAction={() => keepMoment(sameMoment)}>
      {words}
    </Notice>
  );
}

interface NoticeProps {
  children: ReactNode;
  action?: string;
  onAction?: () => void;
}

function Notice({ children, action, onAction }: NoticeProps) {
  return (
    <Alert color="route" icon={<IconClockShare aria-hidden />} role="status">
      {children}
      {action && (
        <Group mt="xs">
          <Button variant="default" size="compact-sm" onClick={onAction}>
            {action}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
