"use client";
import { Code, Group, Stack, Table, Text } from "@mantine/core";
import { type ApiKey, type IssuedApiKey, isUsable } from "@/domain/api-key";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { StatusBadge } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { keyLook, SCOPE_WORDS } from "./api-key-words";
import { RevokeKeyButton } from "./revoke-key-button";
import { RotateKeyButton } from "./rotate-key-button";

const COLUMNS = ["Key", "State", "May", "Created", "Last used", "Expires", "Actions"];
const MINUTE_MS = 60_000;

interface ApiKeyTableProps {
  keys: readonly ApiKey[];
  timeZone: string;
  onIssued: (issued: IssuedApiKey) => void;
}

/** The organization's keys, the valid ones first. Of a key only its beginning is known. */
export function ApiKeyTable({ keys, timeZone, onIssued }: ApiKeyTableProps) {
  return (
    <StackedTable caption={`API keys, the valid ones first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={1040}>
      <TableHead columns={COLUMNS} />
      <Table.Tbody role="rowgroup">
        {keys.map((key) => (
          <ApiKeyRow key={key.id} apiKey={key} timeZone={timeZone} onIssued={onIssued} />
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function ApiKeyRow({ apiKey, timeZone, onIssued }: Omit<ApiKeyTableProps, "keys"> & { apiKey: ApiKey }) {
  const now = useNow(MINUTE_MS);
  const { name, prefix, scopes, createdAt, createdByName, expiresAt, lastUsedAt, lastUsedAddress } = apiKey;
  return (
    <StackedRow>
      <StackedRowHead miw={170} maw={240} style={{ overflowWrap: "anywhere" }}>
        {name}
        <div>
          <Code fw={400}>{prefix}…</Code>
        </div>
      </StackedRowHead>
      <StackedCell whole>
        <StatusBadge look={keyLook(apiKey, now)} />
      </StackedCell>
      <StackedCell label="May">{scopes.length > 0 ? scopes.map((scope) => SCOPE_WORDS[scope].label).join(", ") : <NoValue>Nothing</NoValue>}</StackedCell>
      <StackedCell label="Created">
        <Instant at={createdAt} timeZone={timeZone} />
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          by {createdByName}
        </Text>
      </StackedCell>
      <StackedCell label="Last used">
        {lastUsedAt ? <LastUse at={lastUsedAt} address={lastUsedAddress} timeZone={timeZone} /> : <NoValue>Never</NoValue>}
      </StackedCell>
      <StackedCell label="Expires">{expiresAt ? <Instant at={expiresAt} timeZone={timeZone} /> : <NoValue>Never</NoValue>}</StackedCell>
      <StackedCell whole>
        {isUsable(apiKey, now) ? (
          <Group gap="xs" wrap="nowrap">
            {!apiKey.replacedAt && <RotateKeyButton apiKey={apiKey} onIssued={onIssued} />}
            <RevokeKeyButton apiKey={apiKey} timeZone={timeZone} />
          </Group>
        ) : (
          <NoValue />
        )}
      </StackedCell>
    </StackedRow>
  );
}

function LastUse({ at, address, timeZone }: { at: Date; address: string | null; timeZone: string }) {
  return (
    <Stack gap={0}>
      <Instant at={at} timeZone={timeZone} />
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        from {address ?? "an unknown address"}
      </Text>
    </Stack>
  );
}
