import type { Preferences } from "@/domain/preferences";
import type { PrismaClient } from "@/generated/prisma/client";

/** Stores what this person has chosen; they are read with their membership, in `members.ts`. */
export async function storePreferences(system: PrismaClient, userId: string, preferences: Preferences): Promise<void> {
  await system.user.update({ where: { id: userId }, data: preferences });
}
