import { Anchor, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { KeyScope } from "@/domain/api-key";
import { CommandBlock } from "@/ui/api-keys/curl-example";
import { PageSection } from "@/ui/display/page-section";
import { PageTitle } from "@/ui/shell/page-title";
import { FILE_EXAMPLES, groupOperations } from "./api-groups";

/** A procedure as the page shows it. */
export interface ShownOperation {
  path: string;
  type: "query" | "mutation" | "subscription";
  /** A key with one of these may call it. */
  scopes: KeyScope[];
  curl: string;
}

/** What programs may call, with a command for each. */
export function ApiReference({ baseUrl, operations }: { baseUrl: string; operations: readonly ShownOperation[] }) {
  return (
    <Stack gap="xl" maw={960}>
      <Stack gap="sm">
        <PageTitle>API</PageTitle>
        <Text>
          Programs call the same procedures as these pages, with an API key in place of a session. Everything below is also there as an{" "}
          <Anchor href="/api/openapi.json" underline="always">
            OpenAPI 3.1 document
          </Anchor>
          , for tools that make clients from it.
        </Text>
        <Text>
          Values stand under <Code>json</Code>. Times are ISO 8601 texts; where you send one, <Code>meta.values</Code> names it as a <Code>Date</Code>, as in
          the examples. Put your key in the place of <Code>mr_…</Code>. It is good for 600 requests a minute.
        </Text>
      </Stack>
      <PageSection title="Files and feeds">
        {FILE_EXAMPLES.map(({ title, words, commandOf }) => (
          <Example key={title} title={title} words={words} command={commandOf(baseUrl)} />
        ))}
      </PageSection>
      {groupOperations(operations).map(([title, members]) => (
        <PageSection key={title} title={title}>
          {members.map(({ path, type, scopes, curl }) => (
            <Example key={path} title={path} words={`${WAYS[type]} For keys with the scope ${scopes.join(" or ")}.`} command={curl} />
          ))}
        </PageSection>
      ))}
    </Stack>
  );
}

const WAYS = { query: "Reads.", mutation: "Changes something.", subscription: "Follows, as server-sent events." } as const;

function Example({ title, words, command }: { title: string; words: string; command: string }) {
  return (
    <Stack gap={4}>
      <Group gap="xs" align="baseline">
        <Title order={3} size="h5" style={{ overflowWrap: "anywhere" }}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      </Group>
      <CommandBlock>{command}</CommandBlock>
    </Stack>
  );
}
