"use client";
import { Switch } from "@mantine/core";
import { listsEverything } from "@/domain/complete-list";
import { useSourceFormContext } from "./source-form-context";

/** Whether what is no longer in the source's list is gone. Untouched, it is as the kind usually is. */
export function CompleteListSwitch() {
  const form = useSourceFormContext();
  const { kind, completeList, json } = form.values;
  const config = kind === "json_api" ? { pagination: json.pagination } : {};
  return (
    <Switch
      label="The list is complete"
      description="What was in it before and no longer is counts as gone. Leave it off where the list shows the newest only, as feeds and most pages do."
      checked={completeList ?? listsEverything({ kind, config })}
      onChange={(event) => form.setFieldValue("completeList", event.currentTarget.checked)}
    />
  );
}
