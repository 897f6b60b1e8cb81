"use client";
import { Select } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";

/** Whether the view was deleted; false for null, and while it is not known. */
export function useIsViewGone(id: string | null): boolean {
  const { data: views } = useQuery(useTRPC().view.list.queryOptions(undefined, { enabled: id !== null }));
  const isMissing = views?.every((view) => view.id !== id) ?? false;
  return id !== null && isMissing;
}

/** Which saved view of the Items page new items are held against. */
export function ViewSelect({ inputProps }: { inputProps: GetInputPropsReturnType }) {
  const { data: views = [], isPending } = useQuery(useTRPC().view.list.queryOptions());
  const isEmpty = !isPending && views.length === 0;
  return (
    <Select
      {...inputProps}
      label="Saved view"
      description={isEmpty ? "There is no saved view yet. Filter the items on the Items page and save what you see as a view." : "As saved on the Items page."}
      placeholder={isPending ? "Loading" : "Pick a view"}
      data={views.map(({ id, name }) => ({ value: id, label: name }))}
      withAsterisk
      searchable
      allowDeselect={false}
      nothingFoundMessage="No view has this name."
      comboboxProps={{ withinPortal: false }}
    />
  );
}
