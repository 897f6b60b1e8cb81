"use client";
import { Fieldset, NumberInput, Stack, TextInput } from "@mantine/core";
import { CODE_INPUT } from "./code-input";
import { useSourceFormContext } from "./source-form-context";

/** Which of a sitemap's addresses are items. */
export function SitemapFields() {
  const form = useSourceFormContext();
  return (
    <Fieldset legend="Pages">
      <Stack>
        <TextInput
          label="Only addresses that contain"
          description="Empty: all of them. Each address is one item and known again by it; a new date of change makes it a changed one."
          placeholder="/blog/"
          {...CODE_INPUT}
          {...form.getInputProps("sitemap.addressContains")}
        />
        <NumberInput
          label="Sitemaps at most"
          description="Of an index, those that changed last are read."
          allowDecimal={false}
          w={{ base: "100%", xs: 220 }}
          {...form.getInputProps("sitemap.maxSitemaps")}
        />
      </Stack>
    </Fieldset>
  );
}
