"use client";
import { Select, Stack, Switch, TextInput } from "@mantine/core";
import type { Source } from "@/domain/source";
import { AddressField } from "./address-field";
import { CompleteListSwitch } from "./complete-list-switch";
import { CsvFields } from "./csv-fields";
import { EveryRunSwitch } from "./every-run-switch";
import { FeedFields } from "./feed-fields";
import { FetchLimitFields } from "./fetch-limit-fields";
import { HeaderFields } from "./header-fields";
import { HtmlPageFields } from "./html-page-fields";
import { JsonApiFields } from "./json-api-fields";
import { SitemapFields } from "./sitemap-fields";
import { useSourceFormContext } from "./source-form-context";
import { SOURCE_KIND_OPTIONS } from "./source-kind";

/** The inputs of a source: what every kind has, then what its kind needs. */
export function SourceFields({ source }: { source: Source | null }) {
  const form = useSourceFormContext();
  const { kind } = form.values;
  return (
    <Stack gap="lg">
      <AddressField />
      <TextInput label="Name" placeholder="What you call it" withAsterisk {...form.getInputProps("name")} />
      <Select label="Kind" data={SOURCE_KIND_OPTIONS} allowDeselect={false} {...form.getInputProps("kind")} />
      {kind === "feed" && <FeedFields />}
      {kind === "json_api" && <JsonApiFields />}
      {kind === "html_page" && <HtmlPageFields />}
      {kind === "sitemap" && <SitemapFields />}
      {kind === "csv" && <CsvFields />}
      <CompleteListSwitch />
      <EveryRunSwitch pace={source?.pace ?? null} />
      <Switch
        label="Ignore robots.txt"
        description="Only with the permission of the site's owner. While off, pages that the site asks programs not to read are not collected."
        {...form.getInputProps("ignoreRobots", { type: "checkbox" })}
      />
      <HeaderFields />
      <FetchLimitFields />
      {source && (
        <Switch
          label="Collect this source"
          description="While off, runs leave it out. Its items stay."
          {...form.getInputProps("enabled", { type: "checkbox" })}
        />
      )}
    </Stack>
  );
}
