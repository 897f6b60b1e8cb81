import type { Attention } from "@/domain/attention";
import type { OwnOrganization } from "@/domain/organization";
import type { Preset } from "@/domain/preset";
import { may, type Permission, type Role } from "@/domain/roles";
import type { RunSummary } from "@/domain/run";
import type { Schedule } from "@/domain/schedule";
import type { Source } from "@/domain/source";
import { RUN_STATUS_LOOKS } from "@/ui/runs/run-status-badge";
import { hostOf } from "@/ui/runs/run-words";
import { presetsHref } from "@/ui/sources/presets-href";
import { NAVIGATION_ITEMS } from "./navigation-items";

/** What a command does when it is chosen. */
export type PaletteAction =
  | { does: "go"; href: string }
  | { does: "run"; presetId: string }
  | { does: "pause" | "resume" | "shortcuts" }
  | { does: "switch"; organizationId: string }
  | { does: "scheme"; scheme: "light" | "dark" | "auto" };

export interface Command {
  id: string;
  group: "Actions" | "Pages" | "Runs" | "Sources" | "Presets" | "Organizations" | "Appearance";
  label: string;
  description?: string;
  /** Other words that people look for it by. */
  keywords?: string;
  /** Shown only when something was typed: there may be hundreds of them. */
  isSearched?: boolean;
  action: PaletteAction;
}

/** What the commands are made of; what has not been read yet is left out. */
export interface PaletteFacts {
  role: Role;
  organizationId: string;
  organizations: readonly OwnOrganization[];
  activeRun: Attention["activeRun"];
  isPaused: boolean;
  schedule: Pick<Schedule, "enabled" | "presetId"> | null;
  presets: readonly Pick<Preset, "id" | "name">[];
  runs: readonly Pick<RunSummary, "id" | "number" | "status" | "presetName">[];
  sources: readonly Pick<Source, "id" | "name" | "url">[];
}

/** The newest runs are shown before anything is typed. */
const RUNS_UNASKED = 3;

const go = (href: string): PaletteAction => ({ does: "go", href });

interface Page {
  href: string;
  label: string;
  keywords?: string;
  /** Without it the page has nothing for its reader. */
  needs?: Permission;
}

const MORE_PAGES: Page[] = [
  { href: "/settings/members", label: "Members", keywords: "invite people roles" },
  { href: "/settings/notifications", label: "Notifications", keywords: "alerts channels rules email webhook slack ntfy" },
  { href: "/settings/api-keys", label: "API keys", keywords: "programs tokens", needs: "apiKey.manage" },
  { href: "/settings/audit", label: "Audit", keywords: "who changed log", needs: "audit.read" },
  { href: "/account", label: "Your account", keywords: "password preferences sessions clock" },
  { href: presetsHref(), label: "Presets" },
  { href: "/sources?show=failing", label: "Failing sources", keywords: "errors broken" },
  { href: "/sources/new", label: "New source", keywords: "add feed", needs: "source.change" },
  { href: presetsHref("new"), label: "New preset", keywords: "add", needs: "preset.change" },
  { href: "/organizations/new", label: "New organization", keywords: "add", needs: "organization.create" },
];

const SCHEMES = [
  { scheme: "light", label: "Light colours" },
  { scheme: "dark", label: "Dark colours" },
  { scheme: "auto", label: "Colours of the system" },
] as const;

/** Everything that this person may do from here, in the order in which it is offered. The server decides anew on each call. */
export function paletteCommands(facts: PaletteFacts): Command[] {
  return [...actionCommands(facts), ...pageCommands(facts), ...foundCommands(facts), ...organizationCommands(facts), ...appearanceCommands()];
}

function actionCommands(facts: PaletteFacts): Command[] {
  return [...runCommands(facts), ...scheduleCommands(facts), action("shortcuts", "Show shortcuts", { does: "shortcuts" }, "keys keyboard help")];
}

function action(id: string, label: string, what: PaletteAction, keywords: string): Command {
  return { id: `do-${id}`, group: "Actions", label, action: what, keywords };
}

function runCommands({ role, schedule, presets, activeRun }: PaletteFacts): Command[] {
  if (activeRun) return [action("watch", `Open run ${activeRun.number}, which is going`, go(`/runs/${activeRun.id}`), "run now live progress")];
  if (!may(role, "run.start")) return [];
  return startable(schedule, presets).map(({ id, label }) => action(`run-${id}`, label, { does: "run", presetId: id }, "start collect"));
}

function scheduleCommands({ role, schedule, isPaused }: PaletteFacts): Command[] {
  if (!schedule?.enabled || !may(role, "schedule.update")) return [];
  if (!isPaused) return [action("pause", "Pause schedule…", { does: "pause" }, "stop hold")];
  return [action("resume", "Resume schedule", { does: "resume" }, "pause"), action("pause", "Change pause…", { does: "pause" }, "stop hold")];
}

/** "Run now" collects the schedule's preset, or the only one there is; where neither is, each is offered by name. */
function startable(schedule: PaletteFacts["schedule"], presets: PaletteFacts["presets"]): { id: string; label: string }[] {
  const id = schedule?.presetId ?? (presets.length === 1 ? presets[0]?.id : undefined);
  if (id) return [{ id, label: "Run now" }];
  return presets.map((preset) => ({ id: preset.id, label: `Run now: ${preset.name}` }));
}

function pageCommands({ role }: PaletteFacts): Command[] {
  const pages: Page[] = [...NAVIGATION_ITEMS.map(({ href, label }) => ({ href, label })), ...MORE_PAGES.filter(({ needs }) => !needs || may(role, needs))];
  return pages.map((page) => ({ id: `page-${page.href}`, group: "Pages", label: page.label, action: go(page.href), ...keywordsOf(page) }));
}

const keywordsOf = (page: Page) => (page.keywords === undefined ? {} : { keywords: page.keywords });

function foundCommands({ runs, sources, presets }: PaletteFacts): Command[] {
  return [
    ...runs.map(({ id, number, status, presetName }, index): Command => {
      const words = RUN_STATUS_LOOKS[status].word;
      const description = presetName ? `${words} · ${presetName}` : words;
      return { id: `run-${id}`, group: "Runs", label: `Run ${number}`, description, action: go(`/runs/${id}`), isSearched: index >= RUNS_UNASKED };
    }),
    ...sources.map(
      ({ id, name, url }): Command => ({
        id: `source-${id}`,
        group: "Sources",
        label: name,
        description: hostOf(url),
        action: go(`/sources/${id}`),
        isSearched: true,
      }),
    ),
    ...presets.map(({ id, name }): Command => ({ id: `preset-${id}`, group: "Presets", label: name, action: go(presetsHref(id)), isSearched: true })),
  ];
}

function organizationCommands({ organizations, organizationId }: PaletteFacts): Command[] {
  return organizations
    .filter(({ id }) => id !== organizationId)
    .map(({ id, name }) => ({
      id: `organization-${id}`,
      group: "Organizations",
      label: `Switch to ${name}`,
      keywords: "organization",
      action: { does: "switch", organizationId: id },
    }));
}

function appearanceCommands(): Command[] {
  return SCHEMES.map(({ scheme, label }) => ({
    id: `scheme-${scheme}`,
    group: "Appearance",
    label,
    keywords: "scheme theme mode color",
    action: { does: "scheme", scheme },
  }));
}
