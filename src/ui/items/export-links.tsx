"use client";
import { Alert, Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ItemLink, linkWords, type NewLink } from "@/domain/item-link";
import { CopyField } from "@/ui/display/copy-field";
import { PageSection } from "@/ui/display/page-section";
import { useOneClick } from "@/ui/display/use-one-click";
import { errorMessage } from "@/ui/error-message";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { useTRPC } from "@/ui/trpc/client";
import type { exportQuery } from "./export-address";
import type { ItemView } from "./item-filter";

const LIFETIMES = [7, 30, 90, 365].map((days) => ({ value: String(days), label: `${days} days` }));
const MINUTE_MS = 60_000;
const THESE_FILTERS = "filters";

interface ExportLinksProps {
  view: ItemView;
  query: ReturnType<typeof exportQuery>;
  timeZone: string;
}

/** Links that show items to whoever has them: made, shown once, listed and revoked. */
export function ExportLinks({ view, query, timeZone }: ExportLinksProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [days, setDays] = useState("30");
  const [feedOf, setFeedOf] = useState(THESE_FILTERS);
  const { data: views = [] } = useQuery(trpc.view.list.queryOptions());
  const create = useMutation(trpc.link.create.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.link.list.queryFilter()) }));
  const once = useOneClick(create.isPending);
  const make = (subject: NewLink["subject"], expiresInDays: number | null = Number(days)) => once(() => create.mutate({ subject, expiresInDays }));
  const makeFeed = () =>
    feedOf === THESE_FILTERS ? make({ what: "feed", filter: view, size: 50 }) : make({ what: "view-feed", viewId: feedOf, size: 50 }, null);
  return (
    <PageSection title="Links and feeds">
      <Text size="sm" c="dimmed">
        Whoever has a link sees these items without signing in, for as long as you may see them.
      </Text>
      <Group align="flex-end">
        <Select
          label="A link works for"
          data={LIFETIMES}
          value={days}
          onChange={(value) => value && setDays(value)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          w={150}
        />
        <Button variant="default" loading={create.isPending} onClick={() => make({ what: "export", query })}>
          Make link to this file
        </Button>
      </Group>
      <Group align="flex-end">
        <Select
          label="Feed of"
          data={[{ value: THESE_FILTERS, label: "These filters" }, ...views.map(({ id, name }) => ({ value: id, label: `${name} (until revoked)` }))]}
          value={feedOf}
          onChange={(value) => value && setFeedOf(value)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          w={{ base: "100%", xs: 260 }}
        />
        <Button variant="default" loading={create.isPending} onClick={makeFeed}>
          Make Atom feed
        </Button>
      </Group>
      {create.isError && (
        <Alert color="red" title="The link was not made" role="alert">
          {errorMessage(create.error)}
        </Alert>
      )}
      {create.data && <CopyField label={`Link to ${linkWords(create.data.link.subject)}. It is shown this once: copy it now`} value={create.data.url} />}
      <LinkList timeZone={timeZone} />
    </PageSection>
  );
}

function LinkList({ timeZone }: { timeZone: string }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.link.list.queryOptions());
  const now = useNow(MINUTE_MS);
  const working = data.filter(({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now));
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
      {working.map((link) => (
        <li key={link.id}>
          <LinkRow link={link} timeZone={timeZone} />
        </li>
      ))}
    </Stack>
  );
}

function LinkRow({ link, timeZone }: { link: ItemLink; timeZone: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useMutation(trpc.link.revoke.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.link.list.queryFilter()) }));
  const words = linkWords(link.subject);
  return (
    <Group justify="space-between">
      <Text size="sm" flex={1} miw={220} style={{ overflowWrap: "anywhere" }}>
        To {words}, made <Instant at={link.createdAt} timeZone={timeZone} /> by {link.createdByName}.{" "}
        {link.expiresAt ? (
          <>
            Works until <Instant at={link.expiresAt} timeZone={timeZone} />.
          </>
        ) : (
          "Works until it is revoked."
        )}{" "}
        {link.lastUsedAt ? (
          <>
            Last used <Instant at={link.lastUsedAt} timeZone={timeZone} />.
          </>
        ) : (
          "Not used yet."
        )}
        {revoke.isError && (
          <Text span inherit role="alert" c="var(--mantine-color-error)">
            {" "}
            {errorMessage(revoke.error)}
          </Text>
        )}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        loading={revoke.isPending}
        aria-label={`Revoke the link to ${words}`}
        onClick={() => revoke.mutate({ id: link.id })}
      >
        Revoke
      </Button>
    </Group>
  );
}
