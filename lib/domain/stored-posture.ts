import { total } from './counts.ts';
import type { Posture } from './posture.ts';

/** Room for owners in a row of 1 MiB, in characters: some 5,000 of them. Owners are free text of up to 256 characters. */
const roomForOwners = 350_000;
/** What the counts of an owner take beside its name. */
const roomForCounts = 60;

/** Characters of a name in JSON without a character beyond ASCII. */
function lengthOf(name: string): number {
  return name.replaceAll(/[^ -~]/g, '\\u0000').length + roomForCounts;
}

/** Where there are more owners than a row holds, those of the most VMs; of the others only their VMs are counted. */
function ownersThatFit(owners: Posture['owners']): Posture['owners'] {
  const names = Object.keys(owners);
  if (names.length * roomForCounts < roomForOwners / 8) {
    return owners;
  }
  let room = roomForOwners;
  const most = Object.entries(owners).toSorted(([, a], [, b]) => total(b) - total(a));
  return Object.fromEntries(
    most.filter(([name]) => {
      room -= lengthOf(name);
      return room >= 0;
    }),
  );
}

/** What of a posture is stored for a day: times to protect of that day (of the days before they are stored already). */
export function storedPosture(posture: Posture, day: string): Posture {
  const recent = Object.entries(posture.protections).filter(([on]) => on >= day);
  return { ...posture, owners: ownersThatFit(posture.owners), protections: Object.fromEntries(recent) };
}
