import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { createPreset, listPresets, removePreset, updatePreset } from "@/db/presets";
import { presetDefinitionSchema, presetSchema } from "@/domain/preset";
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
    .input(presetDefinitionSchema.extend(presetId.shape))
    .use(actInTransaction("preset.change"))
    .output(presetSchema)
    .mutation(async ({ ctx, input: { id, ...definition } }) => {
      const { preset, before } = await updatePreset(ctx.tx, ctx.orgId, id, definition);
      const changes = changesBetween(namesOf(before), namesOf(preset), ["name", "sources"]);
      await ctx.audit({ action: "preset.update", subjectId: id, summary: `Changed the preset “${preset.name}”`, changes });
      return preset;
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

function namesOf({ name, sources }: { name: string; sources: { name: string }[] }) {
  return { name, sources: sources.map((source) => source.name) };
}
