"use client";
import { Anchor, Text } from "@mantine/core";
import type { RunSource } from "@/domain/run";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import classes from "./run-source-table.module.css";
import { isWaiting, retryWords } from "./source-attempts";
import { useRunZone } from "./use-run-zone";

/** What there is to say of a source: why it failed and what to do, or when it is tried again. */
export function SourceMessage({ source }: { source: RunSource }) {
  if (source.comeBackAt) return <NotDueMessage kind={source.kind} comeBackAt={source.comeBackAt} />;
  if (!source.message && !isWaiting(source)) return null;
  return (
    <>
      <Text size="sm" fw={400} style={{ overflowWrap: "anywhere" }}>
        {source.message} {isWaiting(source) && <RetryCountdown source={source} />}
      </Text>
      {source.status === "failed" && <FailureDetails source={source} />}
    </>
  );
}

function NotDueMessage({ kind, comeBackAt }: { kind: RunSource["kind"]; comeBackAt: Date }) {
  const timeZone = useRunZone();
  return (
    <Text size="sm" fw={400}>
      Not asked: the {kind === "feed" ? "feed" : "site"} says to come back after <Instant at={comeBackAt} timeZone={timeZone} />.
    </Text>
  );
}

/** Ticks, so it stands apart: the rest of the row need not be drawn each second. */
function RetryCountdown({ source }: { source: RunSource }) {
  return <>{retryWords(source, useNow())}</>;
}

/** What a person who looks for the cause needs, and where the source can be tried out. */
function FailureDetails({ source }: { source: RunSource }) {
  const { canEdit } = useMembership();
  return (
    <div className={classes.failure}>
      {canEdit && (
        <Anchor
          component={AppLink}
          href={`/sources/${source.sourceId}`}
          prefetch={false}
          size="sm"
          underline="always"
          aria-label={`Test source ${source.name}`}
        >
          Test source
        </Anchor>
      )}
      <details className={classes.details}>
        <summary>Details</summary>
        <dl>
          <dt>Code</dt>
          <dd>{source.errorCode ?? "none"}</dd>
          <dt>HTTP status</dt>
          <dd>{source.httpStatus ?? "no answer"}</dd>
          <dt>Address</dt>
          <dd>{source.url}</dd>
          <dt>Attempts</dt>
          <dd>{source.attempts}</dd>
        </dl>
      </details>
    </div>
  );
}
