"use client";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

interface HistoryPartProps {
  /** Of its heading. */
  id: string;
  title: string;
  lead: string;
  /** What changes the picture. */
  controls?: ReactNode;
  /** The same in a table. Not rendered before it is asked for. */
  table: ReactNode;
  /** There is nothing to be had as either. */
  isEmpty?: boolean;
  children: ReactNode;
}

/** A picture of the history under its heading, which can be had as a table instead. */
export function HistoryPart({ id, title, lead, controls, table, isEmpty = false, children }: HistoryPartProps) {
  const [asTable, setAsTable] = useState(false);
  const TableIcon = asTable ? IconChartBar : IconTable;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg" component="section" aria-labelledby={id}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div>
            <Title order={3} size="h5" id={id}>
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              {lead}
            </Text>
          </div>
          {!isEmpty && (
            <Group gap="xs">
              {!asTable && controls}
              <Button variant="default" size="sm" leftSection={<TableIcon size={16} aria-hidden />} onClick={() => setAsTable(!asTable)}>
                {asTable ? "View as chart" : "View as table"}
              </Button>
            </Group>
          )}
        </Group>
        {asTable && !isEmpty ? table : children}
      </Stack>
    </Paper>
  );
}
