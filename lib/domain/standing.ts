import { type ArmId, armId } from './ids.ts';

/** Prints of things by their names: two prints differ when the things do. */
export type Prints = ReadonlyMap<string, string>;

/** What Resource Graph keeps no change records of (unconfirmed for locks): it is compared with how it last stood. */
export type StandingKind = 'policies' | 'vault-items' | 'locks';

/** How everything of that stands. */
export type Standing = ReadonlyMap<StandingKind, Prints>;

/** Names of what stands otherwise than before, came, or went. Without a former standing nothing is told. */
export function differences(before: Prints | undefined, now: Prints): readonly ArmId[] {
  if (!before) {
    return [];
  }
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name)).map(armId);
}
