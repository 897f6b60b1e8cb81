"use client";
import { Button, Group, Select, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconList, IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { type JsonSample, readJsonSample, type SampleField } from "./json-sample";
import { useSourceFormContext } from "./source-form-context";
import { newJsonField } from "./source-form-values";

const PURPOSES = [
  { value: "fields", label: "A further field" },
  { value: "keyExpression", label: "Key" },
  { value: "titleExpression", label: "Title" },
  { value: "linkExpression", label: "Link" },
  { value: "dateExpression", label: "Date of publication" },
] as const;
type Purpose = (typeof PURPOSES)[number]["value"];

/** What the page of an API holds, as buttons that fill in the form above. */
export function JsonPicker({ body }: { body: string }) {
  const form = useSourceFormContext();
  const { itemsExpression } = form.values.json;
  const sample = useMemo(() => readJsonSample(body, itemsExpression), [body, itemsExpression]);
  const [purpose, setPurpose] = useState<Purpose>("fields");
  const [said, say] = useState("");
  if (!sample) return <Text>There is nothing to pick from: the answer is no JSON, or too long to be read here. Type the expressions above.</Text>;

  function pick({ expression, name }: SampleField) {
    if (purpose === "fields") form.insertListItem("json.fields", newJsonField({ name: freeName(name), expression }));
    else form.setFieldValue(`json.${purpose}`, expression);
    say(`${expression} is the ${purpose === "fields" ? "field" : purpose.replace("Expression", "")} now.`);
  }

  function freeName(name: string): string {
    const taken = form.getValues().json.fields.map((field) => field.name);
    return taken.includes(name) ? `${name.slice(0, 36)}_${taken.length + 1}` : name;
  }

  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <ListButtons lists={sample.lists} chosen={itemsExpression} onPick={(expression) => form.setFieldValue("json.itemsExpression", expression)} />
      <Select
        label="What you pick below becomes"
        data={PURPOSES}
        value={purpose}
        onChange={(next) => setPurpose(next ?? "fields")}
        allowDeselect={false}
        w={{ base: "100%", xs: 260 }}
      />
      <FieldButtons fields={sample.fields} onPick={pick} />
    </Stack>
  );
}

interface ListButtonsProps {
  lists: JsonSample["lists"];
  chosen: string;
  onPick: (expression: string) => void;
}

/** Where there is one list it needs no choice. */
function ListButtons({ lists, chosen, onPick }: ListButtonsProps) {
  if (lists.length < 2) return null;
  return (
    <Group gap="xs" role="group" aria-label="List of items">
      {lists.map(({ expression, count }) => (
        <Button
          key={expression}
          variant="default"
          size="sm"
          aria-pressed={expression === chosen}
          leftSection={<IconList size={16} aria-hidden />}
          onClick={() => onPick(expression)}
        >
          {expression || "The page itself"} ({count})
        </Button>
      ))}
    </Group>
  );
}

function FieldButtons({ fields, onPick }: { fields: readonly SampleField[]; onPick: (field: SampleField) => void }) {
  if (fields.length === 0) return <Text>No items were found by the list's expression. Pick a list, or correct the expression above.</Text>;
  return (
    <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Fields of the first item">
      {fields.map((field) => (
        <Group key={field.expression} component="li" gap="sm" wrap="nowrap">
          <Button
            variant="default"
            size="compact-md"
            fz="sm"
            ff="monospace"
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ flex: "none", maxWidth: "60%" }}
            onClick={() => onPick(field)}
          >
            {field.expression}
          </Button>
          <Text size="sm" c="dimmed" truncate>
            {field.sample}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
