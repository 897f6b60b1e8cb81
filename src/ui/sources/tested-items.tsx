"use client";
import { Code, List, Stack, Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StatusBadge } from "@/ui/display/status-badge";
import { ExternalLink } from "@/ui/items/external-link";
import { valueText } from "@/ui/items/item-value";
import { fieldFill, fillWords, type TestedItem } from "./field-fill";

interface TestedItemsProps {
  /** The first ones. */
  items: readonly TestedItem[];
  /** How many there are in all. */
  total: number;
}

/** The items of a test as they would be stored, and how well each field is filled. */
export function TestedItems({ items, total }: TestedItemsProps) {
  const shown = items.length < total ? `The first ${items.length} of ${total} items` : "All items";
  return (
    <Stack gap="sm">
      <FieldFillList items={items} />
      <DataTable caption={`${shown}, as they would be stored.`} minWidth={680}>
        <TableHead columns={["Title", "Date", "Key", "Fields"]} />
        <Table.Tbody>
          {items.map((item) => (
            <TestedItemRow key={item.key} item={item} />
          ))}
        </Table.Tbody>
      </DataTable>
    </Stack>
  );
}

function FieldFillList({ items }: { items: readonly TestedItem[] }) {
  return (
    <List listStyleType="none" aria-label="How well the fields are filled" styles={{ root: { display: "flex", flexWrap: "wrap", gap: 6, padding: 0 } }}>
      {fieldFill(items).map((fill) => (
        <List.Item key={fill.name}>
          <StatusBadge
            look={
              fill.filled === fill.total
                ? { tone: "good", icon: IconCircleCheck, word: fillWords(fill) }
                : { tone: "warning", icon: IconAlertTriangle, word: fillWords(fill) }
            }
          />
        </List.Item>
      ))}
    </List>
  );
}

function TestedItemRow({ item }: { item: TestedItem }) {
  return (
    <Table.Tr>
      <Table.Td maw={280} style={{ overflowWrap: "anywhere" }}>
        <ExternalLink url={item.url}>{item.title || <NoValue>No title</NoValue>}</ExternalLink>
      </Table.Td>
      <Table.Td>{item.publishedAt ?? <NoValue />}</Table.Td>
      <Table.Td maw={160} style={{ overflowWrap: "anywhere" }}>
        <Text span size="sm" lineClamp={3}>
          {item.key}
        </Text>
      </Table.Td>
      <Table.Td maw={320}>
        <FieldValues fields={item.fields} />
      </Table.Td>
    </Table.Tr>
  );
}

function FieldValues({ fields }: Pick<TestedItem, "fields">) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return <NoValue />;
  return (
    <Stack gap={2}>
      {entries.map(([name, value]) => (
        <Text key={name} size="sm" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
          <Code>{name}</Code> {valueText(value)}
        </Text>
      ))}
    </Stack>
  );
}
