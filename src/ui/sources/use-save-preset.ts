"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Preset, PresetDefinition } from "@/domain/preset";
import { notify } from "@/ui/display/notify";
import { useTellIfGone } from "@/ui/display/use-tell-if-gone";
import { useGo } from "@/ui/shell/use-go";
import { useTRPC } from "@/ui/trpc/client";
import { overtakenBy } from "./overtaken-by";
import { presetsHref } from "./presets-href";

type Refuse = (error: unknown) => void;

/** Stores a preset: creates one where there is no id, or where a copy is wanted. Either way the list is next. */
export function useSavePreset(id: string | null, onSaved: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { goOn } = useGo();

  // Even when the form was left meanwhile.
  const onSuccess = (preset: Preset) => {
    for (const path of [trpc.preset.list, trpc.source]) void queryClient.invalidateQueries(path.pathFilter());
    notify({ title: `Saved “${preset.name}”`, message: preset.usedBySchedule ? "The next scheduled run collects it this way." : "" });
  };
  const tellIfGone = useTellIfGone();
  const create = useMutation(trpc.preset.create.mutationOptions({ onSuccess, onError: (error, { name }) => tellIfGone(`“${name}” was not saved`, error) }));
  const update = useMutation(
    trpc.preset.update.mutationOptions({
      onSuccess,
      onError: (error, { name }) => {
        tellIfGone(`“${name}” was not saved`, error);
        return overtakenBy(error) ? queryClient.invalidateQueries(trpc.preset.list.queryFilter()) : undefined;
      },
    }),
  );

  const leave = () => {
    onSaved();
    void goOn(presetsHref());
  };
  const saveCopy = (definition: PresetDefinition, onError: Refuse) => create.mutate(definition, { onSuccess: leave, onError });
  /** `revision`: that the change is based on. */
  const save = (definition: PresetDefinition, revision: string | undefined, onError: Refuse) =>
    id ? update.mutate({ id, revision, ...definition }, { onSuccess: leave, onError }) : saveCopy(definition, onError);

  // Once it is stored, the form gives way to the list.
  const isPending = [create, update].some((mutation) => mutation.isPending || mutation.isSuccess);
  return { save, saveCopy, isPending };
}
