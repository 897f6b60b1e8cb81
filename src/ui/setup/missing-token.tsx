import { Code, Stack, Text } from "@mantine/core";
import { PublicFrame } from "@/ui/shell/public-frame";

/** For whoever opens Milkrun before it is set up and without the link. */
export function MissingToken() {
  return (
    <PublicFrame title="Milkrun is not set up yet" lead="Setting it up takes the link that Milkrun printed when it started.">
      <Stack mt="lg" gap="sm">
        <Text>Look for this line where Milkrun was started, and open its link:</Text>
        <Code block>Set it up here (the link works once): …/setup?token=…</Code>
      </Stack>
    </PublicFrame>
  );
}
