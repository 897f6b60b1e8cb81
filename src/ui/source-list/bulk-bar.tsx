"use client";
import { Button, Group, Paper, Text } from "@mantine/core";
import { IconPlayerPlay, IconPower, IconRosetteDiscountCheck, IconStackPush, IconTestPipe, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MOST_CHOSEN } from "@/domain/source-bulk";
import type { ListedSource, SourceMatch } from "@/domain/source-page";
import { formatCount } from "@/ui/display/count";
import { loadPart } from "@/ui/display/load-part";
import { notify } from "@/ui/display/notify";
import { useOneClick } from "@/ui/display/use-one-click";
import { errorMessage } from "@/ui/error-message";
import { useCollectSources } from "@/ui/runs/use-start-run";
import { sourcesWords } from "@/ui/sources/sources-words";
import { useTRPCClient } from "@/ui/trpc/client";
import classes from "./bulk-bar.module.css";
import { BulkOutcome } from "./bulk-outcome";
import { RetryFailedButton } from "./retry-failed-button";
import { CHOOSE_ALL_ID } from "./source-table";
import { useBulk } from "./use-bulk";
import type { Selection } from "./use-selection";

const AddToPresetDialog = dynamic(() => loadPart(() => import("./add-to-preset-dialog").then((module) => module.AddToPresetDialog)));
const DeleteSourcesDialog = dynamic(() => loadPart(() => import("./delete-sources-dialog").then((module) => module.DeleteSourcesDialog)));
const TestSourcesDialog = dynamic(() => loadPart(() => import("./test-sources-dialog").then((module) => module.TestSourcesDialog)));

interface BulkBarProps {
  selection: Selection;
  match: SourceMatch;
  /** How many match. */
  total: number;
  /** How many sources fail, whatever the filter. */
  failing: number;
  shown: readonly ListedSource[];
}

/** A dialog that is open, and the sources that were chosen when it was opened. */
interface Asked {
  about: "add" | "remove" | "test";
  ids: string[];
}

/** What can be done with the sources that are chosen, and what the last act did. Without a choice it says nothing. */
export function BulkBar({ selection, match, total, failing, shown }: BulkBarProps) {
  const bulk = useBulk();
  const { collect, isPending: isStarting } = useCollectSources();
  const [dialog, setDialog] = useState<Asked | null>(null);
  const ids = [...selection.ids];
  const once = useOneClick(bulk.turn.isPending);
  const turn = (enabled: boolean) => once(() => bulk.turn.mutate({ ids, enabled }, { onError: sayFailed }));
  const ask = (about: Asked["about"]) => () => setDialog({ about, ids });
  const close = () => setDialog(null);
  const clear = () => {
    // The bar goes, and with it the button that was used.
    document.getElementById(CHOOSE_ALL_ID)?.focus();
    selection.clear();
  };
  const button = { variant: "default", size: "sm" } as const;
  return (
    <>
      {bulk.result && <BulkOutcome result={bulk.result} bulk={bulk} />}
      {ids.length > 0 && (
        <Paper withBorder className={classes.bar} component="section" aria-label="Selected sources">
          <Group gap="sm">
            <Text fw={600} size="sm" role="status">
              {sourcesWords(ids.length)} selected
            </Text>
            {ids.length < total && <ChooseAllButton match={match} total={total} onChosen={selection.replace} />}
            <Button {...button} variant="subtle" onClick={clear}>
              Clear selection
            </Button>
          </Group>
          <Group gap="sm" mt="xs">
            <Button {...button} leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={isStarting} onClick={() => collect(ids)}>
              Collect now
            </Button>
            {failing > 0 && <RetryFailedButton ids={ids} onRetry={collect} isStarting={isStarting} />}
            <Button {...button} leftSection={<IconTestPipe size={16} aria-hidden />} onClick={ask("test")}>
              Test
            </Button>
            <Button {...button} leftSection={<IconStackPush size={16} aria-hidden />} onClick={ask("add")}>
              Add to preset
            </Button>
            <Button {...button} leftSection={<IconRosetteDiscountCheck size={16} aria-hidden />} loading={bulk.turn.isPending} onClick={() => turn(true)}>
              Turn on
            </Button>
            <Button {...button} leftSection={<IconPower size={16} aria-hidden />} loading={bulk.turn.isPending} onClick={() => turn(false)}>
              Turn off
            </Button>
            <Button {...button} leftSection={<IconTrash size={16} aria-hidden />} onClick={ask("remove")}>
              Delete
            </Button>
          </Group>
        </Paper>
      )}
      {dialog?.about === "add" && <AddToPresetDialog ids={dialog.ids} bulk={bulk} onClose={close} />}
      {dialog?.about === "test" && <TestSourcesDialog ids={dialog.ids} shown={shown} onClose={close} />}
      {dialog?.about === "remove" && <DeleteSourcesDialog ids={dialog.ids} bulk={bulk} onClose={close} onDeleted={selection.clear} />}
    </>
  );
}

function ChooseAllButton({ match, total, onChosen }: { match: SourceMatch; total: number; onChosen: (ids: readonly string[]) => void }) {
  const client = useTRPCClient();
  const { text, kind, failing } = match;
  const { mutate, isPending } = useMutation({ mutationFn: () => client.source.ids.query({ text, kind, failing }), onSuccess: onChosen, onError: sayFailed });
  return (
    <Button variant="subtle" size="sm" loading={isPending} onClick={() => mutate()}>
      {total > MOST_CHOSEN ? `Select ${formatCount(MOST_CHOSEN)} of the ${formatCount(total)} that match` : `Select all ${formatCount(total)} that match`}
    </Button>
  );
}

function sayFailed(error: unknown): void {
  notify({ color: "red", title: "Nothing was changed", message: errorMessage(error) });
}
