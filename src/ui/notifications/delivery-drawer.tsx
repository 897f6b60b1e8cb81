"use client";
import { Drawer, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Delivery } from "@/domain/notification-delivery";
import { StatusBadge } from "@/ui/display/status-badge";
import { ErrorState } from "@/ui/states/error-state";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { AttemptFacts } from "./attempt-facts";
import { DeliveryFacts } from "./delivery-facts";
import { attemptLook, DELIVERY_LOOKS, isOnTheWay, messageWords } from "./delivery-words";
import { NoticeList } from "./notice-list";
import { RecipientList } from "./recipient-list";
import { RedeliverButton } from "./redeliver-button";

/** How often what is on its way is asked for. */
const REFETCH_MS = 2_000;

interface DeliveryDrawerProps {
  /** Null closes the drawer. */
  id: string | null;
  canManage: boolean;
  timeZone: string;
  onClose: () => void;
}

// A drawer's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

/** One message: what it says, to whom, and each attempt with the real answer. Esc closes it; focus returns. */
export function DeliveryDrawer({ id, onClose, ...props }: DeliveryDrawerProps) {
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title="Message"
      closeButtonProps={{ "aria-label": "Close details" }}
      attributes={NO_BANNER}
    >
      {id !== null && <DeliveryLoader id={id} {...props} />}
    </Drawer>
  );
}

function DeliveryLoader({ id, ...props }: { id: string; canManage: boolean; timeZone: string }) {
  const { notification } = useTRPC();
  const query = useQuery(
    notification.delivery.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data && isOnTheWay(state.data.status) ? REFETCH_MS : false), staleTime: 0 },
    ),
  );
  if (query.data) return <DeliveryDetail delivery={query.data} {...props} />;
  if (query.isPending) return <Skeleton height={240} />;
  return <ErrorState title="Could not load the message" error={query.error} effect="It is sent all the same." retry={() => void query.refetch()} />;
}

function DeliveryDetail({ delivery, canManage, timeZone }: { delivery: Delivery; canManage: boolean; timeZone: string }) {
  const { status, message, notices } = delivery;
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Title order={3} size="h4" style={{ overflowWrap: "anywhere" }}>
          {messageWords(delivery)}
        </Title>
        <Group justify="space-between">
          <StatusBadge look={DELIVERY_LOOKS[status]} />
          {canManage && !isOnTheWay(status) && <RedeliverButton delivery={delivery} />}
        </Group>
        {message && (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {message}
          </Text>
        )}
      </Stack>
      <DeliveryFacts delivery={delivery} timeZone={timeZone} />
      {delivery.recipients.length > 0 && <RecipientList delivery={delivery} canManage={canManage} timeZone={timeZone} />}
      {notices.length > 0 && <NoticeList notices={notices} timeZone={timeZone} />}
      <Attempts delivery={delivery} timeZone={timeZone} />
    </Stack>
  );
}

function Attempts({ delivery: { attempts }, timeZone }: { delivery: Delivery; timeZone: string }) {
  return (
    <Stack component="section" gap="sm" aria-labelledby="attempts-title">
      <Title order={4} size="h5" id="attempts-title">
        Attempts
      </Title>
      {attempts.length === 0 && <Text c="dimmed">None yet.</Text>}
      {attempts.toReversed().map((attempt) => (
        <Paper key={attempt.number} withBorder p="sm" radius="md" component="section" aria-label={`Attempt ${attempt.number}`}>
          <Stack gap="xs">
            <Group justify="space-between" gap="xs">
              <Text size="sm" fw={600}>
                Attempt {attempt.number},{" "}
                <Text span inherit fw={400}>
                  <Instant at={attempt.at} timeZone={timeZone} />
                </Text>
              </Text>
              <StatusBadge look={attemptLook(attempt)} />
            </Group>
            <AttemptFacts attempt={attempt} />
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}
