"use client";
import { Tabs, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import type { SourceDefinition } from "@/domain/source";
import type { SourceTestResult, TestExchange } from "@/domain/source-test";
import { loadPart } from "@/ui/display/load-part";
import { ScrollBox } from "@/ui/display/scroll-box";
import { TextBlock } from "@/ui/items/item-fields";
import { TestedItems } from "./tested-items";

const JsonPicker = dynamic(() => loadPart(() => import("./json-picker").then((module) => module.JsonPicker)), { ssr: false });
const HtmlPicker = dynamic(() => loadPart(() => import("./html-picker").then((module) => module.HtmlPicker)), { ssr: false });

interface TestedTabsProps {
  result: SourceTestResult;
  /** What was tested. */
  definition: SourceDefinition;
}

/** The items of a test, what the page holds to pick from, and what the site sent. */
export function TestedTabs({ result, definition }: TestedTabsProps) {
  const { exchange } = result;
  const Picker = pickerOf(definition);
  const items = result.ok && result.items.length > 0 ? result : null;
  if (!items && !exchange) return null;
  return (
    <Tabs defaultValue={items ? "items" : "raw"} keepMounted={false}>
      <Tabs.List mb="md">
        {items && <Tabs.Tab value="items">Items</Tabs.Tab>}
        {exchange && Picker && <Tabs.Tab value="pick">Pick fields</Tabs.Tab>}
        {exchange && <Tabs.Tab value="raw">Raw response</Tabs.Tab>}
      </Tabs.List>
      {items && (
        <Tabs.Panel value="items">
          <TestedItems items={items.items} total={items.itemCount} />
        </Tabs.Panel>
      )}
      {exchange && (
        <>
          {Picker && (
            <Tabs.Panel value="pick">
              <Picker body={exchange.body} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="raw">
            <RawResponse exchange={exchange} />
          </Tabs.Panel>
        </>
      )}
    </Tabs>
  );
}

function pickerOf({ kind, config }: SourceDefinition) {
  if (kind === "json_api") return JsonPicker;
  return kind === "html_page" && config.itemsFrom === "selectors" ? HtmlPicker : null;
}

/** As text, whatever it is: nothing of it is rendered or run. */
function RawResponse({ exchange: { body, isCut } }: { exchange: TestExchange }) {
  if (body === "") return <Text>The site sent an empty page.</Text>;
  return (
    <>
      {isCut && (
        <Text size="sm" mb="xs">
          Only the beginning is shown.
        </Text>
      )}
      <ScrollBox label="Raw response" style={{ maxHeight: 480, overflow: "auto" }}>
        <TextBlock>{body}</TextBlock>
      </ScrollBox>
    </>
  );
}
