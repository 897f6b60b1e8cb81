"use client";
import { Alert, Anchor, Breadcrumbs, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { CountedSource, Source, SourceKind } from "@/domain/source";
import { formatCount } from "@/ui/display/count";
import { Fact, FactList } from "@/ui/display/fact-list";
import { NoValue } from "@/ui/display/no-value";
import { ExternalLink } from "@/ui/items/external-link";
import { JsonBlock } from "@/ui/items/item-fields";
import { itemViewHref } from "@/ui/items/item-filter";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { ReadOnlyNotice } from "@/ui/states/read-only-notice";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { DeleteSourceButton } from "./delete-source-button";
import { PresetNames } from "./preset-names";
import { QuarantineAlert } from "./quarantine-alert";
import { SourceEditor } from "./source-editor";
import { SourceKindLabel } from "./source-kind";

/** One source: how it fares, and its form for those who may change it. */
export function SourceView({ sourceId }: { sourceId: string }) {
  const trpc = useTRPC();
  const { timeZone, canEdit } = useMembership();
  const { data: source } = useSuspenseQuery(trpc.source.get.queryOptions({ id: sourceId }));
  return (
    <Stack gap="lg">
      <SourceHead title={source.name} />
      <SourceTrouble source={source} timeZone={timeZone} />
      <SourceFacts source={source} timeZone={timeZone} />
      {canEdit ? <SourceEditor source={source} actions={<DeleteSourceButton source={source} />} /> : <ReadOnlyDefinition source={source} />}
    </Stack>
  );
}

/** The page of a source that does not exist yet. */
export function NewSourceView({ kind }: { kind: SourceKind }) {
  const { canEdit } = useMembership();
  return (
    <Stack gap="lg">
      <SourceHead title="New source" />
      {canEdit ? <SourceEditor source={null} kind={kind} /> : <ReadOnlyNotice />}
    </Stack>
  );
}

function SourceHead({ title }: { title: string }) {
  return (
    <Stack gap="xs">
      {/* Mantine keeps crumbs on one line; a name may be longer than the window. */}
      <Breadcrumbs styles={{ breadcrumb: { whiteSpace: "normal", overflowWrap: "anywhere" } }}>
        <Anchor component={AppLink} href="/sources" underline="always">
          Sources
        </Anchor>
        <Text>{title}</Text>
      </Breadcrumbs>
      <PageTitle>{title}</PageTitle>
    </Stack>
  );
}

function ReadOnlyDefinition({ source }: { source: Source }) {
  return (
    <>
      <ReadOnlyNotice />
      {Object.keys(source.config).length > 0 && <JsonBlock value={source.config} />}
    </>
  );
}

/** Why runs leave the source out, or else why they failed to collect it; nothing while it is well. */
function SourceTrouble({ source, timeZone }: { source: Source; timeZone: string }) {
  const { quarantinedAt } = source;
  if (quarantinedAt) return <QuarantineAlert source={{ ...source, quarantinedAt }} timeZone={timeZone} />;
  return source.consecutiveFailures > 0 && source.lastFailureMessage && <LastFailure source={source} timeZone={timeZone} />;
}

function LastFailure({ source, timeZone }: { source: Source; timeZone: string }) {
  return (
    <Alert color="red" title="The last collection failed" icon={<IconAlertTriangle aria-hidden />}>
      {source.lastFailureMessage}{" "}
      {source.lastFailureAt && (
        <>
          (<Instant at={source.lastFailureAt} timeZone={timeZone} />)
        </>
      )}
    </Alert>
  );
}

function SourceFacts({ source, timeZone }: { source: CountedSource; timeZone: string }) {
  return (
    <FactList>
      <Fact term="Kind">
        <SourceKindLabel kind={source.kind} />
      </Fact>
      <Fact term="Address">
        <ExternalLink url={source.url}>{source.url}</ExternalLink>
      </Fact>
      <Fact term="Last success">{source.lastSuccessAt ? <Instant at={source.lastSuccessAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}</Fact>
      <Fact term="Items">
        <Anchor component={AppLink} href={itemViewHref({ sourceId: source.id })} inherit underline="always">
          {formatCount(source.itemCount)} {source.itemCount === 1 ? "item" : "items"}
        </Anchor>
      </Fact>
      {source.headers.length > 0 && <Fact term="Request headers">{source.headers.map(({ name }) => name).join(", ")}</Fact>}
      <Fact term="Used in presets">{source.presets.length === 0 ? <NoValue /> : <PresetNames presets={source.presets} />}</Fact>
    </FactList>
  );
}
