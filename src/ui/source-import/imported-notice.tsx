"use client";
import { Alert, Anchor, Button, Group, Stack } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ImportResult } from "@/domain/source-import";
import { AppLink } from "@/ui/shell/app-link";
import { presetsHref } from "@/ui/sources/presets-href";
import { importSummary } from "./import-words";
import { OutcomeTable } from "./outcome-table";

interface ImportedNoticeProps {
  result: ImportResult;
  /** The list was changed after it had been sent. */
  isChanged: boolean;
  onAgain: () => void;
}

/** What an import did, in one sentence and line by line, and the ways on. */
export function ImportedNotice({ result: { outcomes, preset }, isChanged, onAgain }: ImportedNoticeProps) {
  return (
    <Stack gap="lg">
      <Alert color="green" title="The list is imported" icon={<IconCircleCheck aria-hidden />} role="status">
        {importSummary(outcomes, true)}{" "}
        {preset ? (
          <>
            All of them are in the preset{" "}
            <Anchor component={AppLink} href={presetsHref(preset.id)} inherit underline="always">
              {preset.name}
            </Anchor>
            .
          </>
        ) : (
          "They are in no preset yet, so no run collects them. Select them under Sources to add them to one."
        )}{" "}
        {isChanged && "This is the list as it was sent. What you have changed in it since is not imported, and is still here."}
      </Alert>
      <Group>
        <Button component={AppLink} href="/sources">
          Show sources
        </Button>
        <Button variant="default" onClick={onAgain}>
          {isChanged ? "Go on with the changed list" : "Import another list"}
        </Button>
      </Group>
      <OutcomeTable outcomes={outcomes} isDone />
    </Stack>
  );
}
