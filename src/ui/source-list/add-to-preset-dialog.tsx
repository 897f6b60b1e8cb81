"use client";
import { Alert, Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/ui/error-message";
import { sourcesWords } from "@/ui/sources/sources-words";
import { useTRPC } from "@/ui/trpc/client";
import type { Bulk } from "./use-bulk";

interface AddToPresetDialogProps {
  ids: string[];
  bulk: Bulk;
  onClose: () => void;
}

/** Asks which preset gets the sources that are chosen. */
export function AddToPresetDialog({ ids, bulk, onClose }: AddToPresetDialogProps) {
  const { data: presets = [] } = useQuery(useTRPC().preset.list.queryOptions());
  const [presetId, setPresetId] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const { mutate, isPending, error } = bulk.add;
  const submit = () => (presetId ? mutate({ id: presetId, sourceIds: ids }, { onSuccess: onClose }) : setMissing(true));
  return (
    <Modal opened onClose={onClose} title={`Add ${sourcesWords(ids.length)} to a preset`} centered>
      <Stack>
        <Select
          label="Preset"
          description="They are put behind what it has. Those that it has already stay where they are."
          placeholder={presets.length === 0 ? "There is no preset yet" : "Pick a preset"}
          data={presets.map(({ id, name }) => ({ value: id, label: name }))}
          value={presetId}
          onChange={(id) => {
            setPresetId(id);
            setMissing(false);
          }}
          error={isMissing && "Pick a preset."}
          searchable
          limit={50}
          nothingFoundMessage="No preset has this name."
          data-autofocus
        />
        {error && (
          <Alert color="red" title="Nothing was added" role="alert">
            {errorMessage(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={isPending} onClick={submit}>
            Add to preset
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
