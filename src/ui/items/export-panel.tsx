"use client";
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { MOST_AT_ONCE } from "@/domain/large-export";
import { CopyField } from "@/ui/display/copy-field";
import { errorMessage } from "@/ui/error-message";
import { useMembership } from "@/ui/session/use-membership";
import { useTRPC } from "@/ui/trpc/client";
import { type ExportChoice, exportAddress, exportCommand, exportQuery, initialChoice } from "./export-address";
import { ExportColumns } from "./export-columns";
import { ExportLinks } from "./export-links";
import { ExportList } from "./export-list";
import { CsvOptions, DateOptions } from "./export-options";
import { columnNote, countWords, exportNote, scopeWords } from "./export-words";
import type { ItemView } from "./item-filter";
import { StartExportButton } from "./start-export-button";

const FORMATS = [
  { value: "csv", label: "CSV", description: "For spreadsheets and databases. One line an item, one column a field." },
  { value: "xlsx", label: "Excel workbook (XLSX)", description: "Numbers and times as such, and nothing that a spreadsheet would calculate." },
  { value: "json", label: "JSON", description: "One array, with every field as it was collected." },
  { value: "jsonl", label: "JSON Lines", description: "One item a line, for programs that read large files." },
] as const;

/** What is exported, as what, and the same as a command, a link or a feed; and what was exported lately. */
export function ExportPanel({ view, onDone }: { view: ItemView; onDone: () => void }) {
  const trpc = useTRPC();
  const { timeZone } = useMembership();
  const [choice, setChoice] = useState(() => initialChoice(timeZone));
  const change = (part: Partial<ExportChoice>) => setChoice((last) => ({ ...last, ...part }));
  const scope = useQuery(trpc.export.scope.queryOptions(view));
  const address = exportAddress(view, choice);
  return (
    <Stack>
      {scope.isError ? <Text role="alert">The items could not be counted. {errorMessage(scope.error)} You can export them all the same.</Text> : null}
      <Scope total={scope.data?.total} isFiltered={Object.values(view).some(Boolean)} format={choice.format} />
      <Radio.Group label="Format" value={choice.format} onChange={(format) => change({ format: format as ExportChoice["format"] })}>
        <Stack gap="xs" mt="xs">
          {FORMATS.map((format) => (
            <Radio key={format.value} {...format} />
          ))}
        </Stack>
      </Radio.Group>
      <ExportColumns all={scope.data?.columns ?? []} chosen={choice.columns} note={columnNote(choice.format)} onChange={(columns) => change({ columns })} />
      <DateOptions choice={choice} organizationZone={timeZone} onChange={change} />
      {choice.format === "csv" && <CsvOptions choice={choice} onChange={change} />}
      <CopyField label="Copy API request: the same for a program, with an API key that may read" value={exportCommand(window.location.origin, address)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Close
        </Button>
        {(scope.data?.total ?? 0) > MOST_AT_ONCE ? (
          <StartExportButton query={exportQuery(view, choice)} />
        ) : (
          <Button component="a" href={address} download>
            Download file
          </Button>
        )}
      </Group>
      <ExportList timeZone={timeZone} />
      <ExportLinks view={view} query={exportQuery(view, choice)} timeZone={timeZone} />
    </Stack>
  );
}

function Scope({ total, isFiltered, format }: { total: number | undefined; isFiltered: boolean; format: ExportChoice["format"] }) {
  if (total === undefined) return <Text>Export everything {isFiltered ? "that matches the current filters " : ""}(not just this page).</Text>;
  const note = exportNote(total, format);
  return (
    <div>
      <Text>
        Export <strong>{countWords(total)}</strong> {scopeWords(total, isFiltered)}.
      </Text>
      {note && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}
