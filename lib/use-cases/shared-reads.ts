import { onceFor } from '../domain/memo.ts';
import type { Inventory } from './ports.ts';

/** Reads that are the same for many: whoever asks again under the same occasion gets the same answer. */
const shareable = [
  'subscriptions',
  'vaults',
  'items',
  'vmsWithSeveralItems',
  'itemCounts',
  'policies',
  'backupJobs',
  'containers',
  'surroundings',
  'networkRules',
  'azurePolicy',
  'roleAssignments',
] as const satisfies readonly (keyof Inventory)[];

/** Occasions of which the answers are kept: a sweep that ends and the one that begins, a run about changes, and events. */
const occasionsKept = 4;

type Read = (...args: readonly unknown[]) => Promise<{ readonly kind: string }>;

/** Remembers answers by what was asked; what could not be read is asked for again. */
function remembering(read: Read, name: string, answers: Map<string, ReturnType<Read>>): Read {
  return (...args) => {
    const question = JSON.stringify([name, args]);
    const known = answers.get(question);
    if (known !== undefined) {
      return known;
    }
    const answer = read(...args);
    answers.set(question, answer);
    const forget = () => answers.delete(question);
    answer.then(({ kind }) => kind === 'unknown' && forget(), forget);
    return answer;
  };
}

function sharing(inventory: Inventory): Inventory {
  const answers = new Map<string, ReturnType<Read>>();
  const shared = shareable.map((name) => [name, remembering(inventory[name] as Read, name, answers)] as const);
  return { ...inventory, ...Object.fromEntries(shared) };
}

/** An inventory that reads everything anew, but nothing twice: for one judgement. */
export function freshReads(inventory: Inventory): Inventory {
  return sharing(inventory);
}

const sharedBy = onceFor((_inventory: Inventory) => new Map<string, Inventory>());

/**
 * An inventory that reads once per occasion (a sweep, some minutes of events) what all its shards or events need alike: the
 * quota of Resource Graph counts every page. Each process reads for itself.
 */
export function sharedReads(inventory: Inventory, occasion: string): Inventory {
  const occasions = sharedBy(inventory);
  const shared = occasions.get(occasion) ?? sharing(inventory);
  occasions.delete(occasion);
  occasions.set(occasion, shared);
  for (const old of [...occasions.keys()].slice(0, -occasionsKept)) {
    occasions.delete(old);
  }
  return shared;
}
