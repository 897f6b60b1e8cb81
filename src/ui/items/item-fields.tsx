import { Code, Stack, Text } from "@mantine/core";
import type { JsonValue } from "@/domain/item";
import { Fact } from "@/ui/display/fact-list";
import { isBlock, valueText } from "./item-value";
import { isFormatted, readableText } from "./readable-text";

/** An item's fields by name, each as text. */
export function ItemFields({ fields }: { fields: Record<string, JsonValue> }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return <Text c="dimmed">This item has no further fields.</Text>;
  return (
    <Stack component="dl" gap="md" m={0}>
      {entries.map(([name, value]) => (
        <Fact key={name} term={name}>
          {typeof value === "string" && isFormatted(value) ? (
            <Readable html={value} />
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

/** No markup is rendered, and no image is fetched: a site would learn who reads it, and when. */
function Readable({ html }: { html: string }) {
  return (
    <>
      <Text span inherit style={{ whiteSpace: "pre-line" }}>
        {readableText(html)}
      </Text>
      <Text component="span" display="block" size="sm" c="dimmed">
        Shown as text, without images. JSON has it as it was collected.
      </Text>
    </>
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
