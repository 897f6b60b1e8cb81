"use client";
import { Fieldset, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { LIMIT_RANGES, type SourceLimit, USUAL_LIMITS } from "@/domain/source-limits";
import { hasPages } from "./source-config-input";
import { useSourceFormContext } from "./source-form-context";

interface LimitInput {
  name: SourceLimit;
  label: string;
  description: string;
  usual: string;
  suffix?: string;
}

const LIMITS: LimitInput[] = [
  { name: "seconds", label: "Time for a page", description: "Then the attempt counts as failed.", usual: `${USUAL_LIMITS.seconds} s`, suffix: " s" },
  { name: "megabytes", label: "Largest page", description: "As it is sent; a larger one is refused.", usual: `${USUAL_LIMITS.megabytes} MB`, suffix: " MB" },
  { name: "items", label: "Items at most", description: "The first ones of the list are kept.", usual: USUAL_LIMITS.items.toLocaleString("en") },
];
const PAUSE: LimitInput = {
  name: "pauseSeconds",
  label: "Pause between pages",
  description: "For sites that allow few requests a minute.",
  usual: "No longer than for all sites",
  suffix: " s",
};

/** How much of its site a source may take. Empty ones are as they are for every source. */
export function FetchLimitFields() {
  const form = useSourceFormContext();
  const shown = hasPages(form.values) ? [...LIMITS, PAUSE] : LIMITS;
  return (
    <Fieldset legend="Fetch limits">
      <Stack>
        <Text size="sm" c="dimmed">
          Leave them empty unless this source needs others. The grey values hold then.
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {shown.map(({ name, label, description, usual, suffix }) => (
            <NumberInput
              key={name}
              label={label}
              description={`${description} ${rangeWords(name)}`}
              placeholder={usual}
              suffix={suffix}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator=","
              {...form.getInputProps(`limits.${name}`)}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  );
}

/** "1 to 60." */
function rangeWords(name: SourceLimit): string {
  const [least, most] = LIMIT_RANGES[name];
  return `${least} to ${most.toLocaleString("en")}.`;
}
