"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Preset, PresetDefinition } from "@/domain/preset";
import { notify } from "@/ui/display/notify";
import { useTRPC } from "@/ui/trpc/client";
import { presetsHref } from "./presets-href";

type Save = (definition: PresetDefinition, onError: (error: unknown) => void) => void;

/** Stores a preset: creates one where there is no id, or where a copy is wanted. Either way the list is next. */
export function useSavePreset(id: string | null, onSaved: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();

  // Even when the form was left meanwhile.
  const onSuccess = (preset: Preset) => {
    for (const path of [trpc.preset.list, trpc.source]) void queryClient.invalidateQueries(path.pathFilter());
    notify({ title: `Saved “${preset.name}”`, message: preset.usedBySchedule ? "The next scheduled run collects it this way." : "" });
  };
  const create = useMutation(trpc.preset.create.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.preset.update.mutationOptions({ onSuccess }));

  const leave = () => {
    onSaved();
    router.push(presetsHref());
  };
  const saveCopy: Save = (definition, onError) => create.mutate(definition, { onSuccess: leave, onError });
  const save: Save = (definition, onError) => (id ? update.mutate({ id, ...definition }, { onSuccess: leave, onError }) : saveCopy(definition, onError));

  // Once it is stored, the form gives way to the list.
  const isPending = [create, update].some((mutation) => mutation.isPending || mutation.isSuccess);
  return { save, saveCopy, isPending };
}
