"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountNameSchema } from "@/domain/account";
import { Fact, FactList } from "@/ui/display/fact-list";
import { notify } from "@/ui/display/notify";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { useLeaveGuard } from "@/ui/shell/leave-guard";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";

/** The name that others see, and the e-mail address that one signs in with. */
export function NameForm({ name, email }: { name: string; email: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({ initialValues: { name }, validate: schemaResolver(accountNameSchema, { sync: true }) });
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onError: (error) => form.setErrors(formErrorsOf(error)),
      onSuccess: (saved, sent) => {
        // What was typed since it was sent is not saved.
        if (form.getValues().name === sent.name) form.setValues(saved);
        form.resetDirty(saved);
        void queryClient.invalidateQueries(trpc.member.me.queryFilter());
        notify({ title: "Saved your name", message: `Others see “${saved.name}” from now on.` });
      },
    }),
  );
  useLeaveGuard(form.isDirty() && !rename.isPending);
  const failure = rename.isError && fieldErrorsOf(rename.error).length === 0 ? rename.error : null;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => rename.mutate(values), focusFirst)}>
      <Stack>
        <TextInput label="Your name" autoComplete="name" {...form.getInputProps("name")} />
        <FactList cols={1}>
          <Fact term="Email">{email}</Fact>
        </FactList>
        {failure !== null && (
          <ErrorState title="Your name was not saved" error={failure} effect={<StillHere error={failure}>What you typed is still here.</StillHere>} />
        )}
        <Group>
          <Button type="submit" variant="default" loading={rename.isPending}>
            Save name
          </Button>
        </Group>
      </Stack>
    </form>
  );

  function focusFirst() {
    form.getInputNode("name")?.focus();
  }
}
