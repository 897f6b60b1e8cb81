import type { AnyRouter } from "@trpc/server";
import type { z } from "zod";
import { appRouter } from "./root";

/** What a procedure is made of. */
export interface ProcedureDefinition {
  type: "query" | "mutation" | "subscription";
  inputs: z.ZodType[];
  output?: z.ZodType;
  middlewares: readonly object[];
}

// The router's own type has them nested. At run time they are flat, by path.
const BY_PATH: Record<string, { _def: ProcedureDefinition }> = (appRouter as AnyRouter)._def.procedures;

/** Every procedure by its path, such as `item.list`, in the router's order. */
export const PROCEDURES: readonly [path: string, ProcedureDefinition][] = Object.entries(BY_PATH).map(([path, { _def }]) => [path, _def]);
