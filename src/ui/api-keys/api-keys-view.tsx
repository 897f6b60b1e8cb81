"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IssuedApiKey } from "@/domain/api-key";
import { useMembership } from "@/ui/session/use-membership";
import { PageTitle } from "@/ui/shell/page-title";
import { EmptyState } from "@/ui/states/empty-state";
import { useTRPC } from "@/ui/trpc/client";
import { ApiKeyTable } from "./api-key-table";
import { CurlExample } from "./curl-example";
import { IssuedKeyDialog } from "./issued-key-dialog";
import { NewKeyDialog } from "./new-key-dialog";

/** The API keys page, for owners and admins. */
export function ApiKeysView() {
  const { timeZone, canManage } = useMembership();
  if (canManage) return <ApiKeys timeZone={timeZone} />;
  return (
    <Stack gap="lg">
      <PageTitle>API keys</PageTitle>
      <Text c="dimmed">Owners and admins manage API keys: what programs use to read items and to start runs.</Text>
    </Stack>
  );
}

function ApiKeys({ timeZone }: { timeZone: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.apiKey.list.queryOptions());
  const [asking, setAsking] = useState(false);
  const [issued, setIssued] = useState<IssuedApiKey | null>(null);

  function show(made: IssuedApiKey) {
    setAsking(false);
    setIssued(made);
    void queryClient.invalidateQueries(trpc.apiKey.list.queryFilter());
  }

  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsking(true)}>
      Create API key
    </Button>
  );
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>API keys</PageTitle>
        {data.keys.length > 0 && create}
      </Group>
      <Text maw={720}>
        Programs use them to read items and to start runs. A key belongs to the organization, not to whoever made it: it stays when that person leaves.
      </Text>
      {data.keys.length === 0 ? (
        <EmptyState action={create}>No program has access yet.</EmptyState>
      ) : (
        <ApiKeyTable keys={data.keys} timeZone={timeZone} onIssued={show} />
      )}
      <CurlExample baseUrl={data.baseUrl} />
      <NewKeyDialog opened={asking} onClose={() => setAsking(false)} onIssued={show} />
      <IssuedKeyDialog issued={issued} baseUrl={data.baseUrl} onClose={() => setIssued(null)} />
    </Stack>
  );
}
