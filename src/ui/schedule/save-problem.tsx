"use client";
import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { appErrorOf, errorMessage } from "@/ui/error-message";
import { signInPath } from "@/ui/session/next-path";
import { leaveTo } from "@/ui/shell/leave-guard";
import { ErrorSummary } from "@/ui/sources/error-summary";
import type { ScheduleEditor } from "./use-schedule-editor";

/** Why the changes are not saved, with the next step: to each input that needs a change, or to sign-in. */
export function SaveProblem({ editor, onGoTo }: { editor: ScheduleEditor; onGoTo: (field: string) => void }) {
  const { showsErrors, errors, saveFailure } = editor;
  const { cronExpression, ...others } = errors;
  const messages = { ...others, ...(cronExpression && { cronExpression: cronExpression.message }) };
  if (showsErrors && Object.keys(messages).length > 0) {
    return (
      <Stack mb="sm">
        <ErrorSummary errors={messages} onGoTo={onGoTo} />
      </Stack>
    );
  }
  if (saveFailure === null) return null;
  return (
    <Alert color="red" role="alert" title="Could not save" icon={<IconAlertTriangle aria-hidden />} mb="sm">
      {appErrorOf(saveFailure)?.code === "unauthenticated" ? <SignedOut /> : <Text size="sm">{errorMessage(saveFailure)} Your changes are still here.</Text>}
    </Alert>
  );
}

/** The draft is kept in this tab, so that the way to sign-in loses nothing and asks nothing. */
function SignedOut() {
  const path = signInPath("/schedule");
  return (
    <Text size="sm">
      You are signed out. Your changes are kept in this browser tab and are back once you{" "}
      <Anchor
        href={path}
        inherit
        c="inherit"
        underline="always"
        py={4}
        onClick={(event) => {
          event.preventDefault();
          leaveTo(path);
        }}
      >
        sign in again
      </Anchor>
      .
    </Text>
  );
}
