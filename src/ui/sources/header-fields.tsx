"use client";
import { Button, Fieldset, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { HeaderRowFields } from "./header-row-fields";
import { newHeaderRow } from "./header-rows";
import { useSourceFormContext } from "./source-form-context";

/** The headers that are sent with each request for the source. */
export function HeaderFields() {
  const form = useSourceFormContext();
  return (
    <Fieldset legend="Request headers">
      <Stack>
        <Text size="sm" c="dimmed">
          Sent with each request for this source, for instance Authorization. Values are stored encrypted and cannot be read again by anybody. They go to the
          site of the address above and to no other.
        </Text>
        {form.values.headers.map((row, index) => (
          <HeaderRowFields key={row.rowId} row={row} index={index} />
        ))}
        {form.errors.headers && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {form.errors.headers}
          </Text>
        )}
        <div>
          <Button variant="default" size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => form.insertListItem("headers", newHeaderRow())}>
            Add header
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
