import type { Landscape } from './landscape.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Random } from './random.ts';

/** What a plant may look at besides the VM it changes. */
export type Garden = {
  readonly landscape: Landscape;
  readonly now: number;
  readonly random: Random;
  /** An untouched protected VM that came before, until a namesake of it is planted. */
  earlier: MachinePlan | null;
};

/** One thing planted into a VM: a problem, a state, or a decoy that only looks like a problem. */
export type Plant = {
  /** What was planted, in words; they stand in the labels of the estate. */
  readonly words: string;
  /** Changes the plan. False: this estate has no room for it, and the plan is as it was. */
  readonly edit: (plan: MachinePlan, garden: Garden) => boolean;
};

/** Makes a plant of an edit that always finds room. */
export function plant(words: string, edit: (plan: MachinePlan, garden: Garden) => void): Plant {
  return {
    words,
    edit: (plan, garden) => {
      edit(plan, garden);
      return true;
    },
  };
}

/** Makes a plant that needs a protected VM. */
export function protectionPlant(
  words: string,
  edit: (protection: NonNullable<MachinePlan['protection']>, garden: Garden) => void,
): Plant {
  return {
    words,
    edit: ({ protection }, garden) => {
      if (protection) edit(protection, garden);
      return protection !== null;
    },
  };
}
