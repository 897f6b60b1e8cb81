"use client";
import { Alert, Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { testLimitMs } from "@/domain/source-limits";
import type { SourceTestResult } from "@/domain/source-test";
import { CalmStatus } from "@/ui/display/calm-status";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { ExchangeFacts } from "./exchange-facts";
import { comparisonWords, foundWords } from "./test-words";
import { TestedTabs } from "./tested-tabs";
import type { SourceTest } from "./use-source-test";

/** What a test found. `stale` = the form has changed since. */
export function TestPanel({ test, stale }: { test: SourceTest; stale: boolean }) {
  if (test.isIdle) return null;
  return (
    <Stack component="section" aria-label="Test result" gap="md">
      <Title order={2} size="h3">
        Test result
      </Title>
      {test.isPending && <Testing limitMs={testLimitMs(test.variables.definition.config.limits)} onCancel={test.cancel} />}
      {test.isError && (
        <ErrorState title="The source was not tested" error={test.error} effect={<StillHere error={test.error}>What you typed is still here.</StillHere>} />
      )}
      {stale && test.isSuccess && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title="You have changed the form since this test">
          The result below is for the values before that.
        </Alert>
      )}
      <CalmStatus>{test.isSuccess ? outcomeWords(test.data) : ""}</CalmStatus>
      {test.isSuccess && (
        <>
          <Outcome result={test.data} />
          <ExchangeFacts result={test.data} ignoresRobots={test.variables.definition.config.ignoreRobots ?? false} />
          <TestedTabs result={test.data} definition={test.variables.definition} />
        </>
      )}
    </Stack>
  );
}

function outcomeWords(result: SourceTestResult): string {
  return result.ok ? foundWords(result.itemCount, result.isCut) : "Nothing could be collected";
}

function Testing({ limitMs, onCancel }: { limitMs: number; onCancel: () => void }) {
  return (
    <Group role="status">
      <Loader size="sm" aria-hidden />
      <Text>Collecting once, without storing anything. This takes {limitMs / 1000} seconds at most.</Text>
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
  const comparison = comparisonWords(result.items, result.itemCount);
  return (
    <div>
      <Text fw={600}>{foundWords(result.itemCount, result.isCut)}</Text>
      {comparison && <Text size="sm">{comparison}</Text>}
    </div>
  );
}
