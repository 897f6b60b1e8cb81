"use client";
import { Button, Group, Input, PasswordInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { Channel } from "@/domain/notification-channel";
import { CODE_INPUT } from "@/ui/sources/code-input";
import type { ChannelFormState } from "./channel-form-view";

interface TargetProps {
  form: ChannelFormState;
  /** Null for a new channel. */
  stored: Channel | null;
}

/** Where a channel of this kind leads. */
export function ChannelTargetFields({ form, stored }: TargetProps) {
  switch (form.values.kind) {
    case "email":
      return (
        <Textarea
          label="Recipients"
          description="One address a line. Each gets a mail of their own and does not see the others."
          placeholder="ops@example.org"
          withAsterisk
          autosize
          minRows={2}
          maxRows={8}
          {...form.getInputProps("recipients")}
        />
      );
    case "webhook":
      return (
        <AddressField
          form={form}
          description="Milkrun posts JSON there, signed to the Standard Webhooks specification."
          placeholder="https://example.org/hooks/milkrun"
        />
      );
    case "slack":
      return <SlackField form={form} stored={stored} />;
    case "ntfy":
      return (
        <>
          <AddressField
            form={form}
            description="The server and the name of the topic. Whoever knows the name can read a topic without a token."
            placeholder="https://ntfy.sh/my-topic"
          />
          <TokenField form={form} stored={stored} />
        </>
      );
  }
}

function AddressField({ form, description, placeholder }: { form: ChannelFormState; description: string; placeholder: string }) {
  return (
    <TextInput label="Address" type="url" description={description} placeholder={placeholder} withAsterisk {...CODE_INPUT} {...form.getInputProps("address")} />
  );
}

function SlackField({ form, stored }: TargetProps) {
  if (form.values.keepsSecret) return <StoredSecret form={form} label="Address" value={`Set, not shown: ${stored?.address}`} />;
  return (
    <Stack gap="xs">
      <AddressField
        form={form}
        description="The address of an incoming webhook, as the service shows it. It is kept as a secret and not shown again."
        placeholder="https://hooks.slack.com/services/…"
      />
      {stored && <KeepStored form={form}>Keep the stored address</KeepStored>}
    </Stack>
  );
}

function TokenField({ form, stored }: TargetProps) {
  if (form.values.keepsSecret) return <StoredSecret form={form} label="Access token" value="Set, not shown" />;
  return (
    <Stack gap="xs">
      <PasswordInput
        label="Access token"
        description={stored?.hasToken ? "Leave it empty to remove the stored token." : "Leave it empty for a topic that everybody may write to."}
        // Asks no browser to fill in or to keep somebody's password.
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
        {...form.getInputProps("token")}
      />
      {stored?.hasToken && <KeepStored form={form}>Keep the stored token</KeepStored>}
    </Stack>
  );
}

function StoredSecret({ form, label, value }: { form: ChannelFormState; label: string; value: string }) {
  return (
    <Stack gap={4}>
      <Input.Label labelElement="div">{label}</Input.Label>
      <Group gap="sm">
        <Text size="sm" py={6} style={{ overflowWrap: "anywhere" }}>
          {value}
        </Text>
        <Button variant="default" size="compact-sm" aria-label={`Replace the ${label.toLowerCase()}`} onClick={() => form.setFieldValue("keepsSecret", false)}>
          Replace
        </Button>
      </Group>
    </Stack>
  );
}

function KeepStored({ form, children }: { form: ChannelFormState; children: string }) {
  return (
    <div>
      <Button variant="default" size="compact-sm" onClick={() => form.setFieldValue("keepsSecret", true)}>
        {children}
      </Button>
    </div>
  );
}
