"use client";
import { Alert, Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { SourceTestResult } from "@/domain/source";
import { Fact, FactList } from "@/ui/display/fact-list";
import { formatBytes } from "@/ui/display/format-bytes";
import { ErrorState } from "@/ui/states/error-state";
import { formatDuration } from "@/ui/time/duration";
import { TestedItems } from "./tested-items";
import type { SourceTest } from "./use-source-test";

/** What a test found. `stale` = the form has changed since. */
export function TestPanel({ test, stale }: { test: SourceTest; stale: boolean }) {
  if (test.isIdle) return null;
  return (
    <Stack component="section" aria-label="Test result" gap="md">
      <Title order={2} size="h3">
        Test result
      </Title>
      {test.isPending && <Testing onCancel={test.cancel} />}
      {test.isError && <ErrorState title="The source was not tested" error={test.error} effect="What you typed is still here." />}
      {stale && test.isSuccess && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title="You have changed the form since this test">
          The result below is for the values before that.
        </Alert>
      )}
      <div role="status">{test.isSuccess && <Outcome result={test.data} />}</div>
      {test.isSuccess && test.data.ok && test.data.items.length > 0 && <TestedItems items={test.data.items} total={test.data.itemCount} />}
    </Stack>
  );
}

function Testing({ onCancel }: { onCancel: () => void }) {
  return (
    <Group role="status">
      <Loader size="sm" aria-hidden />
      <Text>Collecting once, without storing anything. This takes 25 seconds at most.</Text>
      <Button variant="default" size="sm" onClick={onCancel}>
        Cancel test
      </Button>
    </Group>
  );
}

function Outcome({ result }: { result: SourceTestResult }) {
  if (!result.ok) {
    return (
      <Alert color="red" title="Nothing could be collected" icon={<IconAlertTriangle aria-hidden />}>
        {result.message}
      </Alert>
    );
  }
  return (
    <Stack gap="sm">
      <Text fw={600}>{result.itemCount === 1 ? "1 item found" : `${result.itemCount} items found`}</Text>
      <FactList>
        <Fact term="Status">{result.httpStatus}</Fact>
        <Fact term="Time">{formatDuration(result.durationMs)}</Fact>
        <Fact term="Size">{formatBytes(result.wireBytes)}</Fact>
        <Fact term="Title">{result.title ?? "Not stated"}</Fact>
        <Fact term="Final address">{result.finalUrl}</Fact>
      </FactList>
    </Stack>
  );
}
