import { Alert, Anchor, Code, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { AppLink } from "@/ui/shell/app-link";

interface MailNoticeProps {
  /** There is an email channel, which cannot work. */
  isNeeded: boolean;
  /** Whoever may add channels is told what an operator has to do. */
  canManage: boolean;
}

/** Stands where this server sends no mail. */
export function MailNotice({ isNeeded, canManage }: MailNoticeProps) {
  if (!isNeeded && !canManage) return null;
  if (!isNeeded)
    return (
      <Text size="sm" c="dimmed">
        Email is not set up on this server. <HowToSetUp /> Other channels work without it.
      </Text>
    );
  return (
    <Alert color="yellow" icon={<IconMailOff aria-hidden />} title="Email is not set up on this server">
      Messages on email channels fail until it is. {canManage ? <HowToSetUp /> : "Ask whoever runs this server to set it up."}
    </Alert>
  );
}

function HowToSetUp() {
  return (
    <>
      Whoever runs it sets <Code>SMTP_URL</Code> and <Code>MAIL_FROM</Code> and starts Milkrun again; <Code>.env.example</Code> says how.{" "}
      <Anchor component={AppLink} href="/system" inherit c="inherit" underline="always" display="inline-block" py={2}>
        System
      </Anchor>{" "}
      shows once it is.
    </>
  );
}
