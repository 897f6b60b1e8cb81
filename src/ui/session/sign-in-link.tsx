import { Anchor, Text } from "@mantine/core";

/** The way back from a page without a session. A whole page load, like every way into the session. */
export function SignInLink() {
  return (
    <Text size="sm" mt="lg">
      <Anchor href="/sign-in" underline="always">
        Back to sign-in
      </Anchor>
    </Text>
  );
}
