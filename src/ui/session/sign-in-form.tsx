"use client";
import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useRef, useState } from "react";
import { signIn } from "./session-client";

/** Email and password; afterwards the page at `nextPath`, which the server has checked to be one of ours. */
export function SignInForm({ nextPath }: { nextPath: string }) {
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const [email, password] = [emailInput.current, passwordInput.current];
    if (!email || !password) return;
    setPending(true);
    setFailure(null);
    const outcome = await signIn(email.value.trim(), password.value);
    // A whole page load: the session decides anew what every part may show. The button stays busy until then.
    if (outcome.ok) return window.location.assign(nextPath);
    setPending(false);
    setFailure(outcome.message);
    password.select();
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack mt="lg">
        {failure && (
          <Alert color="red" role="alert" title="You are not signed in" icon={<IconAlertTriangle aria-hidden />}>
            {failure}
          </Alert>
        )}
        <TextInput ref={emailInput} label="Email" type="email" name="email" autoComplete="username" required withAsterisk={false} size="md" />
        <PasswordInput
          ref={passwordInput}
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
        />
        <Button type="submit" size="md" fullWidth loading={pending} mt="xs">
          Sign in
        </Button>
        <Text size="sm">
          <Anchor href="/forgot-password" underline="always">
            Forgot your password?
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
