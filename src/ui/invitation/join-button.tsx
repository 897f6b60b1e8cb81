"use client";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";

/** Accepts an invitation with the account that is signed in. */
export function JoinButton({ token }: { token: string }) {
  const [isLeaving, setLeaving] = useState(false);
  const { mutate, isPending, error } = useMutation(
    useTRPC().invitation.accept.mutationOptions({
      onSuccess: () => {
        setLeaving(true);
        window.location.assign("/schedule");
      },
    }),
  );
  return (
    <>
      {error && <ErrorState title="You have not joined" error={error} />}
      <Button size="md" loading={isPending || isLeaving} onClick={() => mutate({ token })}>
        Accept invitation
      </Button>
    </>
  );
}
