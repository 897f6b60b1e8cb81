"use client";
import { Anchor, Button, Stack, Table, Text } from "@mantine/core";
import { useId, useState } from "react";
import type { AuditEntry } from "@/domain/audit";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { auditViewHref } from "./audit-filter";
import { unknownPlace, viaWords } from "./audit-words";
import { ChangeList } from "./change-list";

const COLUMNS = ["When", "What", "Who", "From where", "Details"];

/** Who did what, when and from where, newest first. Each row opens to old and new values. */
export function AuditTable({ entries, timeZone }: { entries: readonly AuditEntry[]; timeZone: string }) {
  return (
    <StackedTable caption={`Audit, newest first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={820}>
      <TableHead columns={COLUMNS} />
      <Table.Tbody role="rowgroup">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} timeZone={timeZone} />
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function AuditRow({ entry, timeZone }: { entry: AuditEntry; timeZone: string }) {
  const [opened, setOpened] = useState(false);
  const details = useId();
  const hasDetails = entry.changes !== null || entry.subjectId !== null;
  return (
    <>
      <StackedRow>
        <StackedCell whole>
          <Instant at={entry.at} timeZone={timeZone} />
        </StackedCell>
        <StackedRowHead fw={400} maw={420} style={{ overflowWrap: "anywhere" }}>
          {entry.summary}
        </StackedRowHead>
        <StackedCell label="Who" maw={200} style={{ overflowWrap: "anywhere" }}>
          {entry.actorName}
          {viaWords(entry) && (
            <Text size="sm" c="dimmed">
              {viaWords(entry)}
            </Text>
          )}
        </StackedCell>
        <StackedCell label="From where" maw={180} style={{ overflowWrap: "anywhere" }}>
          {entry.address ?? <NoValue>{unknownPlace(entry)}</NoValue>}
        </StackedCell>
        <StackedCell>
          {hasDetails ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={opened}
              aria-controls={details}
              aria-label={`${opened ? "Hide" : "Show"} details of: ${entry.summary}`}
              onClick={() => setOpened(!opened)}
            >
              {opened ? "Hide" : "Show"}
            </Button>
          ) : (
            <NoValue />
          )}
        </StackedCell>
      </StackedRow>
      {opened && (
        <StackedRow id={details}>
          <StackedCell whole colSpan={COLUMNS.length}>
            <AuditDetails entry={entry} timeZone={timeZone} />
          </StackedCell>
        </StackedRow>
      )}
    </>
  );
}

function AuditDetails({ entry, timeZone }: { entry: AuditEntry; timeZone: string }) {
  return (
    <Stack gap="xs" align="flex-start">
      {entry.changes ? <ChangeList changes={entry.changes} timeZone={timeZone} /> : <Text size="sm">Nothing was changed from one value to another.</Text>}
      {entry.subjectId && (
        <Anchor component={AppLink} href={auditViewHref({ subjectId: entry.subjectId })} size="sm" underline="always" py={4}>
          Everything about the same thing
        </Anchor>
      )}
    </Stack>
  );
}
