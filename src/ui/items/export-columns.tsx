"use client";
import { Checkbox, Group, Radio, SimpleGrid, Stack } from "@mantine/core";
import { ScrollBox } from "@/ui/display/scroll-box";

interface ExportColumnsProps {
  /** Empty while they are not known. */
  all: readonly string[];
  /** Null: all of them. */
  chosen: string[] | null;
  /** What choosing them does, beyond what goes without saying. */
  note: string | null;
  onChange: (chosen: string[] | null) => void;
}

/** All columns, or some of them, in the order of all. */
export function ExportColumns({ all, chosen, note, onChange }: ExportColumnsProps) {
  const keepOrder = (names: string[]) => onChange(all.filter((name) => names.includes(name)));
  return (
    <Stack gap="xs">
      <Radio.Group label="Columns" value={chosen === null ? "all" : "some"} onChange={(which) => onChange(which === "all" ? null : [...all])}>
        <Group mt="xs">
          <Radio value="all" label={all.length > 0 ? `All ${all.length}` : "All"} />
          <Radio value="some" label="Choose columns" disabled={all.length === 0} />
        </Group>
      </Radio.Group>
      {chosen !== null && (
        <Checkbox.Group
          aria-label="Columns of the file"
          description={note}
          value={chosen}
          onChange={keepOrder}
          error={chosen.length === 0 ? "Choose at least one column. Without any the file has them all." : undefined}
        >
          <ScrollBox label="Columns of the file" style={{ maxHeight: 220, overflowY: "auto", padding: 4 }}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
              {all.map((name) => (
                <Checkbox key={name} value={name} label={name} styles={{ label: { overflowWrap: "anywhere" } }} />
              ))}
            </SimpleGrid>
          </ScrollBox>
        </Checkbox.Group>
      )}
    </Stack>
  );
}
