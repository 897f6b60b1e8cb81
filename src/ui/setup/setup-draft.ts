import { type SetupClaim, setupClaimSchema } from "@/domain/setup";

/** What the person has entered so far. */
export type SetupDraft = Omit<SetupClaim, "token">;
export type SetupField = keyof SetupDraft;
export type SetupErrors = Partial<Record<SetupField, string>>;

/** The fields of each step, in the order of the page. */
export const SETUP_STEPS = [
  ["name", "email", "password"],
  ["organizationName", "timeZone", "samples"],
] as const satisfies readonly (readonly SetupField[])[];

export const EMPTY_DRAFT: SetupDraft = { name: "", email: "", password: "", organizationName: "", timeZone: "", samples: true };

/** What is wrong with the fields of a step, by the server's own schema. */
export function stepErrors(step: number, draft: SetupDraft): SetupErrors {
  const errors: SetupErrors = {};
  for (const field of SETUP_STEPS[step] ?? []) {
    const issue = setupClaimSchema.shape[field].safeParse(draft[field]).error?.issues[0];
    if (issue) errors[field] = issue.message;
  }
  return errors;
}

/** The step that holds the first of these fields; null when none does. */
export function stepWith(errors: SetupErrors): number | null {
  const step = SETUP_STEPS.findIndex((fields) => fields.some((field) => errors[field] !== undefined));
  return step === -1 ? null : step;
}

const KEY = "milkrun.setup";
const KEPT = ["name", "email", "organizationName", "timeZone"] as const satisfies readonly SetupField[];

/** Keeps what was typed over a reload of this tab; never the password. */
export function storeDraft(storage: Storage, { password: _, ...kept }: SetupDraft): void {
  storage.setItem(KEY, JSON.stringify(kept));
}

export function forgetDraft(storage: Storage): void {
  storage.removeItem(KEY);
}

/** What an earlier load of this tab left, half-typed values included. Storage is anyone's to edit, so only texts are taken. */
export function readDraft(storage: Storage): Partial<SetupDraft> {
  const stored = parseObject(storage.getItem(KEY));
  const texts = KEPT.flatMap((field) => (typeof stored[field] === "string" ? [[field, stored[field]]] : []));
  return { ...Object.fromEntries(texts), ...(typeof stored.samples === "boolean" ? { samples: stored.samples } : {}) };
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
