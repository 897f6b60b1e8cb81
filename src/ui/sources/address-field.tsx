"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { SourceSuggestion } from "@/domain/address-check";
import { knownSources } from "@/domain/known-sites";
import { sourceAddressSchema } from "@/domain/source";
import { useOneClick } from "@/ui/display/use-one-click";
import { useRefocus } from "@/ui/display/use-refocus";
import { AddressCheckOutcome } from "./address-check-outcome";
import { useSourceFormContext } from "./source-form-context";
import { mergeSuggestions, takeSuggestion } from "./suggestion-form";
import { useAddressCheck } from "./use-address-check";

/** The address of a source. "Check" finds out what is there; one click takes what is found. */
export function AddressField() {
  const form = useSourceFormContext();
  const check = useAddressCheck();
  const once = useOneClick(check.isPending);
  const button = useRefocus(check.isPending);
  const [taken, setTaken] = useState<SourceSuggestion | null>(null);
  const { url } = form.values;
  const isCurrent = check.variables?.url === url.trim();
  const found = isCurrent && check.data?.ok ? check.data.suggestions : [];

  function start() {
    const address = sourceAddressSchema.safeParse(url);
    if (address.success) once(() => check.mutate({ url: address.data }));
    else form.setFieldError("url", address.error.issues[0]?.message);
  }

  function take(suggestion: SourceSuggestion) {
    check.reset();
    setTaken(suggestion);
    form.clearErrors();
    form.setValues(takeSuggestion(form.getValues(), suggestion));
  }

  return (
    <Stack gap={0}>
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <TextInput
          label="Address"
          type="url"
          inputMode="url"
          placeholder="https://example.com"
          withAsterisk
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          flex={1}
          {...form.getInputProps("url")}
        />
        <Button ref={button} variant="default" mt={25} leftSection={<IconSearch size={16} aria-hidden />} loading={check.isPending} onClick={start}>
          Check
        </Button>
      </Group>
      <AddressCheckOutcome
        check={isCurrent ? check : null}
        suggestions={mergeSuggestions(knownSources(url.trim()), found)}
        taken={taken?.url === url ? taken : null}
        onTake={take}
      />
    </Stack>
  );
}
