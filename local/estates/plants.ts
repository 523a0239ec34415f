import type { Landscape } from './landscape.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Random } from './random.ts';
import type { Sign } from './truth.ts';

/** What a plant may look at besides the VM it changes. */
export type Garden = {
  readonly landscape: Landscape;
  readonly now: number;
  readonly random: Random;
  /** An untouched protected VM that came before, until a namesake of it is planted. */
  earlier: MachinePlan | null;
};

/**
 * The parts of a VM. A plant says which it touches; two plants go together in one VM only if they touch none in common,
 * so that the answer planted by one stays right beside the other.
 */
export type Area =
  /** Operating system, agent, power, security type. */
  | 'guest'
  | 'disks'
  /** NICs and where they are attached. */
  | 'network'
  /** Size, zone, priority, scale set and other properties of the VM that nothing else depends on. */
  | 'model'
  /** Subscription, region and vault. */
  | 'place'
  /** Name and resource group. */
  | 'name'
  /** The policy of the protected item. */
  | 'policy'
  /** State, points and jobs of the protected item. */
  | 'health'
  /** The tag that names the environment. */
  | 'environment'
  /** Everything that exempts or excludes. */
  | 'decision'
  | 'restore';

/** One thing planted into a VM: a problem, a state, or a decoy that only looks like a problem. */
export type Plant = {
  /** What was planted, in words; they stand in the labels of the estate. */
  readonly words: string;
  readonly touches: readonly Area[];
  /** The only VMs it can be planted into; absent: any. */
  readonly start?: 'protected' | 'unprotected';
  /** The right answers that follow, given the plan as it is in the end. A decoy has none. */
  readonly signs: (plan: MachinePlan) => readonly Sign[];
  /** Changes the plan. False: this estate has no room for it, and the plan is as it was. */
  readonly edit: (plan: MachinePlan, garden: Garden) => boolean;
};

type Planting = {
  readonly touches: readonly Area[];
  readonly start?: 'protected' | 'unprotected';
  /** None for a decoy. */
  readonly signs?: readonly Sign[] | ((plan: MachinePlan) => readonly Sign[]);
};

/** Makes a plant; an edit that answers nothing always finds room. */
export function plant(
  words: string,
  { signs = [], ...rest }: Planting,
  edit: (plan: MachinePlan, garden: Garden) => boolean | undefined | void,
): Plant {
  return {
    words,
    ...rest,
    signs: typeof signs === 'function' ? signs : () => signs,
    edit: (plan, garden) => edit(plan, garden) !== false,
  };
}

/** Makes a plant that changes what Azure Backup has done for the VM. */
export function protectionPlant(
  words: string,
  planting: Omit<Planting, 'start'>,
  edit: (protection: NonNullable<MachinePlan['protection']>, garden: Garden, plan: MachinePlan) => void,
): Plant {
  return plant(words, { ...planting, start: 'protected' }, (plan, garden) => {
    if (plan.protection) edit(plan.protection, garden, plan);
    return plan.protection !== null;
  });
}

/** Whether Backstop sees a live item of the VM. */
export function hasVisibleItem({ protection, isBlind }: MachinePlan): boolean {
  return protection !== null && protection.softDeletedAt === null && !isBlind;
}

/** Whether one plant leaves the answers of the other as they are. */
export function goTogether(one: Plant, other: Plant): boolean {
  return (
    one.touches.every((area) => !other.touches.includes(area)) &&
    (one.start === undefined || other.start === undefined || one.start === other.start)
  );
}
