import { Group, Text } from "@mantine/core";
import { type Icon, IconBraces, IconFileCode, IconRss, IconSitemap, IconTable } from "@tabler/icons-react";
import type { SourceKind } from "@/domain/source";

const LOOKS: Record<SourceKind, { word: string; icon: Icon; hint: string }> = {
  feed: { word: "Feed", icon: IconRss, hint: "RSS, Atom or JSON Feed" },
  json_api: { word: "JSON API", icon: IconBraces, hint: "A JSON document, of one page or many" },
  html_page: { word: "HTML page", icon: IconFileCode, hint: "A web page that lists things" },
  sitemap: { word: "Sitemap", icon: IconSitemap, hint: "The pages that a site names for search engines" },
  csv: { word: "CSV table", icon: IconTable, hint: "Rows of text, as in CSV and TSV files" },
};

/** Choices for the form. */
export const SOURCE_KIND_OPTIONS = Object.entries(LOOKS).map(([value, { word, hint }]) => ({ value: value as SourceKind, label: `${word}: ${hint}` }));

/** Choices for a filter. */
export const SOURCE_KIND_WORDS = Object.entries(LOOKS).map(([value, { word }]) => ({ value, label: word }));

/** The icon of a kind, beside words that say the same. */
export function SourceKindIcon({ kind }: { kind: SourceKind }) {
  const { icon: KindIcon } = LOOKS[kind];
  return <KindIcon size={16} aria-hidden style={{ flexShrink: 0 }} />;
}

/** The kind of a source as icon and word. */
export function SourceKindLabel({ kind }: { kind: SourceKind }) {
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <SourceKindIcon kind={kind} />
      <Text span size="sm">
        {LOOKS[kind].word}
      </Text>
    </Group>
  );
}
