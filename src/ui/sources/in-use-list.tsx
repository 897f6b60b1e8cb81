import { Anchor, List, Text } from "@mantine/core";
import type { SourceDependents } from "@/domain/source-bulk";
import { AppLink } from "@/ui/shell/app-link";
import { presetsHref } from "./presets-href";

/** More would fill the dialog. */
const SHOWN = 20;

/** Which presets hold which sources, each with the way to its form, where they can be taken out. */
export function InUseList({ used }: { used: readonly Pick<SourceDependents, "id" | "name" | "presets">[] }) {
  return (
    <List size="sm" spacing={4}>
      {used.slice(0, SHOWN).map(({ id, name, presets }) => (
        <List.Item key={id} style={{ overflowWrap: "anywhere" }}>
          <Text span inherit fw={600}>
            {name}
          </Text>
          {": "}
          <PresetLinks presets={presets} />
        </List.Item>
      ))}
      {used.length > SHOWN && <List.Item>and {used.length - SHOWN} more</List.Item>}
    </List>
  );
}

/** "Used in 2 presets: Morning, which the schedule collects, Evening" */
export function PresetLinks({ presets }: Pick<SourceDependents, "presets">) {
  return (
    <>
      Used in {presets.length === 1 ? "1 preset" : `${presets.length} presets`}:{" "}
      {presets.map(({ id, name, usedBySchedule }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Anchor component={AppLink} href={presetsHref(id)} inherit underline="always">
            {name}
          </Anchor>
          {usedBySchedule && " (collected by the schedule)"}
        </span>
      ))}
    </>
  );
}
