"use client";
import { Button, Center, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ImportOutcome } from "@/domain/source-import";
import { formatCount } from "@/ui/display/count";
import { DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StatusBadge } from "@/ui/display/status-badge";
import { countOutcomes } from "./import-plan";
import { outcomeLook } from "./import-words";

interface OutcomeTableProps {
  outcomes: readonly ImportOutcome[];
  /** After the import; before it they are what it would do. */
  isDone: boolean;
}

type Shown = ImportOutcome["outcome"] | "all";

/** More at once would make the page slow; nobody reads them all. */
const AT_FIRST = 200;

/** What becomes of each line, or of those alone that failed, are known or are new. */
export function OutcomeTable({ outcomes, isDone }: OutcomeTableProps) {
  const [shown, setShown] = useState<Shown>("all");
  const [isWhole, setWhole] = useState(false);
  // By their place: an OPML document may name a feed three times in one line.
  const matching = [...outcomes.entries()].filter(([, { outcome }]) => shown === "all" || outcome === shown);
  const rows = isWhole ? matching : matching.slice(0, AT_FIRST);
  return (
    <Stack gap="sm">
      <OutcomeFilter outcomes={outcomes} isDone={isDone} shown={shown} onShow={setShown} />
      <DataTable caption={isDone ? "What became of each line." : "What an import would do with each line."}>
        <TableHead columns={["Line", "Source", "Outcome"]} />
        <Table.Tbody>
          {rows.map(([place, row]) => (
            <OutcomeRow key={place} row={row} isDone={isDone} />
          ))}
        </Table.Tbody>
      </DataTable>
      {rows.length < matching.length && (
        <Center>
          <Button variant="default" onClick={() => setWhole(true)}>
            Show all {formatCount(matching.length)} lines
          </Button>
        </Center>
      )}
    </Stack>
  );
}

interface OutcomeFilterProps extends OutcomeTableProps {
  shown: Shown;
  onShow: (shown: Shown) => void;
}

function OutcomeFilter({ outcomes, isDone, shown, onShow }: OutcomeFilterProps) {
  const counts = { all: outcomes.length, ...countOutcomes(outcomes) };
  const wordOf = (each: Shown) => (each === "all" ? "All" : outcomeLook(each, isDone).word);
  return (
    <Group gap="xs" role="group" aria-label="Filter lines">
      {(["all", "added", "known", "failed"] as const)
        .filter((each) => each === "all" || counts[each] > 0)
        .map((each) => (
          <Button
            key={each}
            size="compact-md"
            radius="xl"
            fz="sm"
            variant={each === shown ? "filled" : "default"}
            aria-pressed={each === shown}
            onClick={() => onShow(each)}
          >
            {wordOf(each)} ({formatCount(counts[each])})
          </Button>
        ))}
    </Group>
  );
}

function OutcomeRow({ row: { line, name, url, outcome, reason }, isDone }: { row: ImportOutcome; isDone: boolean }) {
  return (
    <Table.Tr>
      <Table.Td style={{ fontVariantNumeric: "tabular-nums" }}>{formatCount(line)}</Table.Td>
      <Table.Th scope="row" maw={420} fw={400} style={{ overflowWrap: "anywhere" }}>
        <Text fw={600} size="sm">
          {name || <NoValue>No name</NoValue>}
        </Text>
        <Text size="sm" c="dimmed">
          {url || "No address"}
        </Text>
      </Table.Th>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          <StatusBadge look={outcomeLook(outcome, isDone)} />
          {reason && (
            <Text size="sm" maw="44ch" style={{ overflowWrap: "anywhere" }}>
              {reason}
            </Text>
          )}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}
