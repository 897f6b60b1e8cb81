"use client";
import { ActionIcon, Button, Group, Input, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { focusNeighbour } from "@/ui/display/focus-neighbour";
import { useMembership } from "@/ui/session/use-membership";
import { Instant } from "@/ui/time/instant";
import { CODE_INPUT } from "./code-input";
import { asksForValue, type HeaderRow, isForOtherSite } from "./header-rows";
import { useSourceFormContext } from "./source-form-context";

interface HeaderRowProps {
  row: HeaderRow;
  index: number;
}

/** One header: its value is typed, or it is said that there is one. */
export function HeaderRowFields({ row, index }: HeaderRowProps) {
  const form = useSourceFormContext();
  const label = row.name || `header ${index + 1}`;
  return (
    <Group align="flex-start" role="group" aria-label={`Header ${index + 1}`}>
      {row.stored ? <StoredName row={row} /> : <NameInput index={index} />}
      {asksForValue(row, form.values.url) ? <ValueInput row={row} index={index} /> : <StoredValue row={row} index={index} />}
      <ActionIcon
        variant="default"
        size={36}
        mt={25}
        aria-label={`Remove ${label}`}
        onClick={({ currentTarget }) => {
          focusNeighbour(currentTarget);
          form.removeListItem("headers", index);
        }}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function NameInput({ index }: { index: number }) {
  const form = useSourceFormContext();
  return <TextInput label="Header" placeholder="Authorization" {...CODE_INPUT} flex="1 1 9rem" {...form.getInputProps(`headers.${index}.name`)} />;
}

function StoredName({ row }: { row: HeaderRow }) {
  return (
    <Stack gap={4} flex="1 1 9rem">
      <Input.Label labelElement="div">Header</Input.Label>
      <Text ff="monospace" size="sm" py={6} style={{ overflowWrap: "anywhere" }}>
        {row.name}
      </Text>
    </Stack>
  );
}

function ValueInput({ row, index }: HeaderRowProps) {
  const form = useSourceFormContext();
  const isForced = isForOtherSite(row, form.values.url);
  return (
    <Stack gap="xs" flex="1 1 14rem">
      <PasswordInput
        label="Value"
        description={isForced ? `The stored value was entered for ${row.stored?.origin}. Enter the value for the new address.` : undefined}
        // Asks no browser to fill in or to keep somebody's password.
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
        {...form.getInputProps(`headers.${index}.value`)}
      />
      {row.replacing && !isForced && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => form.setFieldValue(`headers.${index}`, { ...row, value: "", replacing: false })}>
            Keep the stored value
          </Button>
        </div>
      )}
    </Stack>
  );
}

function StoredValue({ row, index }: HeaderRowProps) {
  const form = useSourceFormContext();
  const { timeZone } = useMembership();
  return (
    <Stack gap={4} flex="1 1 14rem">
      <Input.Label labelElement="div">Value</Input.Label>
      <Group gap="sm">
        <Text size="sm" py={6}>
          Set, not shown
          {row.stored && (
            <>
              {" "}
              (<Instant at={row.stored.updatedAt} timeZone={timeZone} />)
            </>
          )}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Replace the value of ${row.name}`}
          onClick={() => form.setFieldValue(`headers.${index}`, { ...row, replacing: true })}
        >
          Replace
        </Button>
      </Group>
    </Stack>
  );
}
