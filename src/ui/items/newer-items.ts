import type { Item, ItemPage } from "@/domain/item";
import { formatCount } from "@/ui/display/count";

type Placed = Pick<Item, "id" | "lastChangedAt">;

/** How many items of the newest page stand in front of the first that is shown, and whether there may be more. */
export function newerThan(top: Placed | undefined, newest: { items: readonly Placed[] } & Pick<ItemPage, "nextCursor">): { count: number; isMore: boolean } {
  const count = newest.items.filter((item) => top === undefined || isNewer(item, top)).length;
  return { count, isMore: count > 0 && count === newest.items.length && newest.nextCursor !== null };
}

/** As the list is ordered: by the time of the last change, then by id, which is a number. */
function isNewer(a: Placed, b: Placed): boolean {
  const apart = a.lastChangedAt.getTime() - b.lastChangedAt.getTime();
  return apart > 0 || (apart === 0 && BigInt(a.id) > BigInt(b.id));
}

/** "1 newer item", "50+ newer items" */
export function newerWords({ count, isMore }: { count: number; isMore: boolean }): string {
  return `${formatCount(count)}${isMore ? "+" : ""} newer ${count === 1 && !isMore ? "item" : "items"}`;
}
