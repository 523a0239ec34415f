import { agentPlants } from './agent-plants.ts';
import { backupRunPlants } from './backup-run-plants.ts';
import { decisionPlants } from './decision-plants.ts';
import type { Card } from './deck.ts';
import { deniedPlants } from './denied-plants.ts';
import { diskPlants } from './disk-plants.ts';
import { encryptionPlants } from './encryption-plants.ts';
import { governancePlants } from './governance-plants.ts';
import { leftOutDiskPlants } from './left-out-disk-plants.ts';
import { modelPlants } from './model-plants.ts';
import { networkPlants } from './network-plants.ts';
import { newVaultPlants } from './new-vault-plants.ts';
import { osPlants } from './os-plants.ts';
import { placePlants } from './place-plants.ts';
import { goTogether, type Plant } from './plants.ts';
import { policyPlants } from './policy-plants.ts';
import { protectionPlants } from './protection-plants.ts';
import { type Random, randomStream } from './random.ts';
import { restorePlants } from './restore-plants.ts';
import { restorePointPlants } from './restore-point-plants.ts';
import { vaultRoomPlants } from './vault-room-plants.ts';
import { vaultUsePlants } from './vault-use-plants.ts';
import { vaultWritePlants } from './vault-write-plants.ts';

/** Everything that can be planted, each once. */
export const everyPlant: readonly Plant[] = [
  ...agentPlants,
  ...osPlants,
  ...diskPlants,
  ...leftOutDiskPlants,
  ...encryptionPlants,
  ...modelPlants,
  ...networkPlants,
  ...restorePlants,
  ...placePlants,
  ...vaultWritePlants,
  ...vaultRoomPlants,
  ...newVaultPlants,
  ...vaultUsePlants,
  ...policyPlants,
  ...protectionPlants,
  ...backupRunPlants,
  ...restorePointPlants,
  ...decisionPlants,
  ...governancePlants,
  ...deniedPlants,
];

const starts = ['protected', 'unprotected'] as const;

/** A policy is chosen before its history is told. */
function inOrder(plants: readonly Plant[]): readonly Plant[] {
  const choosesPolicy = ({ touches }: Plant) => touches.includes('policy');
  return plants.toSorted((a, b) => Number(choosesPolicy(b)) - Number(choosesPolicy(a)));
}

/** A VM with all of these, where that is possible. */
function card(start: (typeof starts)[number], plants: readonly Plant[]): Card[] {
  const fits = plants.every((each) => each.start === undefined || each.start === start);
  return fits ? [{ isProtected: start === 'protected', plants: inOrder(plants) }] : [];
}

/** Some plants that leave each other's answers as they are. */
function together(random: Random, count: number): readonly Plant[] {
  return random
    .shuffled(everyPlant)
    .reduce<Plant[]>(
      (chosen, next) =>
        chosen.length < count && chosen.every((each) => goTogether(each, next)) ? [...chosen, next] : chosen,
      [],
    );
}

const healthyOfEachStart = 40;
const pairs = 120;
const triples = 60;

/** Every plant alone, then several at once, and VMs with nothing to find, in random order. */
function round(random: Random): readonly Card[] {
  const alone = everyPlant.flatMap((plant) => starts.flatMap((start) => card(start, [plant])));
  const mixed = [...Array(pairs).fill(2), ...Array(triples).fill(3)].flatMap((count) => {
    const plants = together(random, count);
    return starts.flatMap((start) => card(start, plants)).slice(0, 1);
  });
  const healthy = starts.flatMap((start) => Array.from({ length: healthyOfEachStart }, () => card(start, [])).flat());
  return random.shuffled([...alone, ...mixed, ...healthy]);
}

/** Deals cards with every plant there is, round after round; each round mixes anew. */
export function* dealThoroughly(seed: number): Generator<Card, never> {
  for (let number = 0; ; number++) yield* round(randomStream(seed, 'thorough deck', number));
}
