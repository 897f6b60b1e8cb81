import { Code, Stack, Text, Title } from "@mantine/core";
import { curlExample } from "./api-key-words";

/** How a program uses a key. */
export function CurlExample({ baseUrl }: { baseUrl: string }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="example-title">
      <Title order={2} size="h4" id="example-title">
        Use a key
      </Title>
      <Text>Send it with each request. This reads the newest ten items:</Text>
      <CommandBlock>{curlExample(baseUrl, "mr_…")}</CommandBlock>
      <Text size="sm" c="dimmed">
        A key is good for 600 requests a minute. Programs in TypeScript can use Milkrun's tRPC client with the same header.
      </Text>
    </Stack>
  );
}

/** A command that wraps: nothing of it is out of sight. */
export function CommandBlock({ children }: { children: string }) {
  return (
    <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {children}
    </Code>
  );
}
