"use client";
import { Group, Pill, Select } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { AUDIT_GROUPS, type AuditActor, type AuditGroup } from "@/domain/audit";
import { DayField } from "@/ui/display/day-field";
import { SearchField } from "@/ui/display/search-field";
import { useTRPC } from "@/ui/trpc/client";
import type { AuditView } from "./audit-filter";
import { AUDIT_GROUP_WORDS, viaWords } from "./audit-words";

interface AuditFilterBarProps {
  view: AuditView;
  onChange: (view: AuditView) => void;
}

/** Text, person, what it is about, days and, come from a link, one thing. */
export function AuditFilterBar({ view, onChange }: AuditFilterBarProps) {
  const trpc = useTRPC();
  const { data: actors } = useSuspenseQuery(trpc.audit.actors.queryOptions());
  return (
    <Group align="flex-end" role="search" aria-label="Filter the audit">
      <SearchField label="Search in what was done" value={view.text ?? ""} onChange={(text) => onChange({ ...view, text })} />
      <Select
        label="Who"
        placeholder="Everybody"
        data={actors.map((actor) => ({ value: actor.id, label: actorLabel(actor) }))}
        value={view.actorId ?? null}
        onChange={(actorId) => onChange({ ...view, actorId: actorId ?? undefined })}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="Nobody has this name."
        clearButtonProps={{ "aria-label": "Show everybody" }}
        w={{ base: "100%", xs: 220 }}
      />
      <Select
        label="About"
        placeholder="Everything"
        data={AUDIT_GROUPS.map((group) => ({ value: group, label: AUDIT_GROUP_WORDS[group] }))}
        value={view.group ?? null}
        onChange={(group) => onChange({ ...view, group: (group as AuditGroup | null) ?? undefined })}
        clearable
        clearButtonProps={{ "aria-label": "Show everything" }}
        w={{ base: "100%", xs: 180 }}
      />
      <DayField label="From" value={view.from} onChange={(from) => onChange({ ...view, from })} />
      <DayField label="To" value={view.to} onChange={(to) => onChange({ ...view, to })} />
      {view.subjectId && (
        <Pill
          size="lg"
          withRemoveButton
          onRemove={() => onChange({ ...view, subjectId: undefined })}
          removeButtonProps={{ "aria-label": "Show what is about other things, too" }}
        >
          About one thing
        </Pill>
      )}
    </Group>
  );
}

function actorLabel(actor: AuditActor): string {
  return [actor.name, viaWords(actor)].filter(Boolean).join(", ");
}
