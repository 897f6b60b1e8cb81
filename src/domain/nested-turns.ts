import type { FairTurns } from "./fair-turns";

/**
 * Turns that hold a place among all besides one of their own. Their own is waited for first: a member has no more who wait among all than it
 * has places, however many it has in all.
 * @param member The group under which they wait among all.
 */
export function createNestedTurns(own: FairTurns, shared: FairTurns, member: string): Pick<FairTurns, "take"> {
  return {
    async take(group, signal) {
      const leaveOwn = await own.take(group, signal);
      if (!leaveOwn) return null;
      const leaveShared = await shared.take(member, signal);
      if (!leaveShared) {
        leaveOwn();
        return null;
      }
      return () => {
        leaveShared();
        leaveOwn();
      };
    },
  };
}
