"use client";
import { Button, Group, Select, Switch } from "@mantine/core";
import { IconCopy, IconDownload } from "@tabler/icons-react";
import type { RunDetail } from "@/domain/run";
import type { RunEvent } from "@/domain/run-event";
import { copyText } from "@/ui/display/copy-text";
import { notify } from "@/ui/display/notify";
import { saveFile } from "@/ui/display/save-file";
import { type LogView, logText } from "./log-lines";

const LEVELS: { value: LogView["level"]; label: string }[] = [
  { value: "all", label: "All lines" },
  { value: "warnings", label: "Warnings and errors" },
  { value: "errors", label: "Errors" },
];

interface LogBarProps {
  run: RunDetail;
  timeZone: string;
  view: LogView;
  onView: (view: LogView) => void;
  follows: boolean;
  onFollows: (follows: boolean) => void;
  /** What the filter lets through; all of it is copied and downloaded, also what is scrolled out of sight. */
  shown: readonly RunEvent[];
  isComplete: boolean;
}

/** Filter, follow, copy and download of a run's log. */
export function LogBar({ run, timeZone, view, onView, follows, onFollows, shown, isComplete }: LogBarProps) {
  const text = () => logText(shown, { runNumber: run.number, timeZone });
  const sources = [{ value: "run", label: "The run itself" }, ...run.sources.map(({ sourceId, name }) => ({ value: sourceId, label: name }))];
  return (
    <Group align="flex-end" gap="sm" role="group" aria-label="Log">
      <Select
        label="Source"
        placeholder="All sources"
        data={sources}
        value={view.source}
        onChange={(source) => onView({ ...view, source })}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="No source of this run has this name."
        clearButtonProps={{ "aria-label": "Show lines of all sources" }}
        w={{ base: "100%", xs: 220 }}
      />
      <Select
        label="Level"
        data={LEVELS}
        value={view.level}
        onChange={(level) => onView({ ...view, level: level ?? "all" })}
        allowDeselect={false}
        w={{ base: "100%", xs: 200 }}
      />
      <Switch
        label="Follow"
        checked={follows}
        onChange={(event) => onFollows(event.currentTarget.checked)}
        styles={{ body: { height: 36, alignItems: "center" } }}
      />
      <Group gap="xs" ml="auto">
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} disabled={!isComplete} onClick={() => void copyLines(text(), shown.length)}>
          Copy
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          disabled={!isComplete}
          onClick={() => saveFile(`run-${run.number}-log.txt`, "text/plain;charset=utf-8", text())}
        >
          Download
        </Button>
      </Group>
    </Group>
  );
}

async function copyLines(text: string, count: number) {
  if (await copyText(text)) notify({ message: count === 1 ? "1 line is copied." : `${count} lines are copied.` });
  else notify({ title: "Could not copy", message: "The browser does not allow it here. Download the log instead." });
}
