"use client";
import { Code, Skeleton, Stack, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import type { JsonValue } from "@/domain/item";
import { Fact } from "@/ui/display/fact-list";
import { loadPart } from "@/ui/display/load-part";
import { isFormatted } from "./formatted-text";
import { isBlock, valueText } from "./item-value";

/** Its parser is loaded with the first text that has markup. */
const FormattedContent = dynamic(() => loadPart(() => import("./formatted-content").then(({ FormattedContent: Content }) => Content)), {
  ssr: false,
  loading: () => <Skeleton height={80} />,
});

interface ItemFieldsProps {
  fields: Record<string, JsonValue>;
  /** The item's page, which relative addresses in its texts refer to. */
  base: string | null;
}

/** An item's fields by name: texts with markup as their site has formatted them, all else as text. */
export function ItemFields({ fields, base }: ItemFieldsProps) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return <Text c="dimmed">This item has no further fields.</Text>;
  return (
    <Stack component="dl" gap="md" m={0}>
      {entries.map(([name, value]) => (
        <Fact key={name} term={name}>
          {typeof value === "string" && isFormatted(value) ? (
            <FormattedContent html={value} base={base} />
          ) : isBlock(value) ? (
            <TextBlock>{valueText(value)}</TextBlock>
          ) : (
            valueText(value)
          )}
        </Fact>
      ))}
    </Stack>
  );
}

/** A value as indented JSON. */
export function JsonBlock({ value }: { value: JsonValue }) {
  return <TextBlock>{JSON.stringify(value, null, 2)}</TextBlock>;
}

/** A text of several lines, as it is. */
export function TextBlock({ children }: { children: string }) {
  return (
    <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {children}
    </Code>
  );
}
