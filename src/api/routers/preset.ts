import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { addToPreset, createPreset, listPresets, removePreset, updatePreset } from "@/db/presets";
import { nameList } from "@/domain/name-list";
import { type Preset, presetDefinitionSchema, presetSchema } from "@/domain/preset";
import { seenRevisionSchema } from "@/domain/source";
import { chosenSourcesSchema, SOURCE_GONE, type SourceOutcome, sourceOutcomeSchema } from "@/domain/source-bulk";
import { actInTransaction, actingProcedure, router } from "../init";

const presetId = z.object({ id: z.uuid("Pick a preset from the list.") });

export const presetRouter = router({
  list: actingProcedure
    .use(actInTransaction("preset.read"))
    .output(z.array(presetSchema))
    .query(({ ctx }) => listPresets(ctx.tx, ctx.orgId)),

  create: actingProcedure
    .input(presetDefinitionSchema)
    .use(actInTransaction("preset.change"))
    .output(presetSchema)
    .mutation(async ({ ctx, input }) => {
      const preset = await createPreset(ctx.tx, ctx.orgId, input);
      await ctx.audit({ action: "preset.create", subjectId: preset.id, summary: `Created the preset “${preset.name}”` });
      return preset;
    }),

  update: actingProcedure
    .input(presetDefinitionSchema.extend({ ...presetId.shape, revision: seenRevisionSchema }))
    .use(actInTransaction("preset.change"))
    .output(presetSchema)
    .mutation(async ({ ctx, input: { id, revision, ...definition } }) => {
      const { preset, before } = await updatePreset(ctx.tx, ctx.orgId, id, definition, revision);
      const changes = changesBetween(namesOf(before), namesOf(preset), ["name", "sources"]);
      await ctx.audit({ action: "preset.update", subjectId: id, summary: `Changed the preset “${preset.name}”`, changes });
      return preset;
    }),

  addSources: actingProcedure
    .input(presetId.extend({ sourceIds: chosenSourcesSchema }))
    .use(actInTransaction("preset.change"))
    .output(z.object({ preset: presetSchema, outcomes: z.array(sourceOutcomeSchema) }))
    .mutation(async ({ ctx, input: { id, sourceIds } }) => {
      const { preset, addedIds } = await addToPreset(ctx.tx, ctx.orgId, id, sourceIds);
      const outcomes = addedOutcomes(sourceIds, preset, new Set(addedIds));
      const names = outcomes.flatMap(({ outcome, name }) => (outcome === "done" ? name : []));
      const summary = `Added ${nameList(names)} to the preset “${preset.name}”`;
      if (names.length > 0) await ctx.audit({ action: "preset.addSources", subjectId: id, summary });
      return { preset, outcomes };
    }),

  remove: actingProcedure
    .input(presetId)
    .use(actInTransaction("preset.change"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const preset = await removePreset(ctx.tx, ctx.orgId, id);
      await ctx.audit({ action: "preset.remove", subjectId: id, summary: `Deleted the preset “${preset.name}”` });
      return { removed: true };
    }),
});

function namesOf({ name, sources }: Preset) {
  return { name, sources: sources.map((source) => (source.enabledHere ? source.name : `${source.name} (off)`)) };
}

function addedOutcomes(wanted: readonly string[], preset: Preset, added: ReadonlySet<string>): SourceOutcome[] {
  const nameOf = new Map(preset.sources.map(({ id, name }) => [id, name]));
  return [...new Set(wanted)].map((id) => {
    const name = nameOf.get(id);
    if (name === undefined) return { id, name: "", outcome: "refused", reason: SOURCE_GONE };
    return { id, name, outcome: added.has(id) ? "done" : "unchanged", reason: null };
  });
}
