import { total } from './counts.ts';
import type { Posture } from './posture.ts';

/** Room for owners in a row of 1 MiB, in characters: some 5,000 of them. Owners are free text of up to 256 characters. */
const roomForOwners = 350_000;
/** Room for the times of owners: some 1,000 of them, many times as many as an answer names. */
const roomForTimes = 80_000;
/** What the counts of an owner, or its times, take beside its name. */
const roomForCounts = 60;

/** Characters of a name in JSON without a character beyond ASCII. */
function lengthOf(name: string): number {
  return name.replaceAll(/[^ -~]/g, '\\u0000').length + roomForCounts;
}

/** What is known of owners, of as many as there is room for: those that are larger by some measure come first. */
function thatFit<T>(
  owners: Readonly<Record<string, T>>,
  wholeRoom: number,
  sizeOf: (own: T) => number,
): Readonly<Record<string, T>> {
  if (Object.keys(owners).length * roomForCounts < wholeRoom / 8) {
    return owners;
  }
  let room = wholeRoom;
  const most = Object.entries(owners).toSorted(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  return Object.fromEntries(
    most.filter(([name]) => {
      room -= lengthOf(name);
      return room >= 0;
    }),
  );
}

/**
 * What of a posture is stored for a day: times to protect of that day (of the days before they are stored already). Where
 * there are more owners than a row holds, those of the most VMs; of the others only their VMs are counted, and of those
 * whose times do not fit, these are unknown.
 */
export function storedPosture(posture: Posture, day: string): Posture {
  const recent = Object.entries(posture.protections).filter(([on]) => on >= day);
  const { owners, ownerTimes } = posture;
  return {
    ...posture,
    owners: thatFit(owners, roomForOwners, total),
    protections: Object.fromEntries(recent),
    ...(ownerTimes ? { ownerTimes: thatFit(ownerTimes, roomForTimes, ([vms = 0]) => vms) } : {}),
  };
}
