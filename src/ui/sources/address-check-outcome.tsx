"use client";
import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { SourceSuggestion } from "@/domain/address-check";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { SourceKindIcon } from "./source-kind";
import type { AddressChecking } from "./use-address-check";

interface OutcomeProps {
  /** Null while the address in the form was not checked. */
  check: AddressChecking | null;
  suggestions: readonly SourceSuggestion[];
  /** What the form was filled in with, while its address is still in it. */
  taken: SourceSuggestion | null;
  onTake: (suggestion: SourceSuggestion) => void;
}

/** What there is at the address, each with the button that takes it. */
export function AddressCheckOutcome({ check, suggestions, taken, onTake }: OutcomeProps) {
  const isEmpty = !check && suggestions.length === 0 && !taken;
  return (
    <Stack gap="sm" mt={isEmpty ? 0 : "sm"}>
      <div role="status">
        {check?.isSuccess && <CheckWords check={check} count={suggestions.length} />}
        {!check?.isSuccess && suggestions.length > 0 && <Text size="sm">This address is of a site with ready sources.</Text>}
        {!check && suggestions.length === 0 && taken && <Text size="sm">Filled in from “{taken.label}”. Test the source next.</Text>}
      </div>
      {check?.isError && (
        <ErrorState title="The address was not checked" error={check.error} effect={<StillHere error={check.error}>What you typed is still here.</StillHere>} />
      )}
      {suggestions.length > 0 && (
        <List listStyleType="none" spacing="xs" aria-label="What can be collected" styles={{ itemWrapper: { width: "100%" }, itemLabel: { width: "100%" } }}>
          {suggestions.map((suggestion) => (
            <List.Item key={`${suggestion.kind} ${suggestion.url} ${suggestion.label}`}>
              <SuggestionRow suggestion={suggestion} onTake={onTake} />
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

function CheckWords({ check, count }: { check: AddressChecking; count: number }) {
  if (!check.data) return null;
  if (!check.data.ok) {
    return (
      <Alert color="red" title="The address cannot be read" icon={<IconAlertTriangle aria-hidden />}>
        {check.data.message}
      </Alert>
    );
  }
  if (count === 0) return <Text size="sm">Nothing here can be collected as it is. Choose a kind and test the source to see why.</Text>;
  return (
    <Text size="sm">
      {count === 1 ? "1 way to collect this address." : `${count} ways to collect this address.`}
      {check.data.title && ` Its title is “${check.data.title}”.`} Take one, then test the source.
    </Text>
  );
}

function SuggestionRow({ suggestion, onTake }: Pick<OutcomeProps, "onTake"> & { suggestion: SourceSuggestion }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="sm" wrap="nowrap" align="flex-start" style={{ minWidth: 0 }}>
        <SourceKindIcon kind={suggestion.kind} />
        <Stack gap={0} style={{ overflowWrap: "anywhere", minWidth: 0 }}>
          <Text size="sm" fw={600} lh={1.3}>
            {suggestion.label}
          </Text>
          <Text size="xs" c="dimmed">
            {suggestion.url}
          </Text>
        </Stack>
      </Group>
      <Button variant="default" size="compact-sm" aria-label={`Use ${suggestion.label}`} onClick={() => onTake(suggestion)} style={{ flexShrink: 0 }}>
        Use
      </Button>
    </Group>
  );
}
