import { itemWithoutVm } from './fillers.ts';
import type { MachinePlan } from './machine-plan.ts';
import { type Garden, type Plant, plant } from './plants.ts';
import type { SpecialPlace } from './special-place.ts';
import { blinds, blocks } from './truth.ts';

type Planting = Omit<Parameters<typeof plant>[1], 'touches'> & { readonly touches?: Plant['touches'] };

/** Makes a plant that moves the VM to a special place. */
export function placed(
  words: string,
  special: SpecialPlace,
  { touches = [], ...planting }: Planting = {},
  edit?: (plan: MachinePlan, garden: Garden) => void,
): Plant {
  return plant(words, { ...planting, touches: ['place', ...touches] }, (plan, garden) => {
    plan.place = garden.landscape.special(special);
    edit?.(plan, garden);
  });
}

/** Moves the VM to a region in which nobody has a vault. */
export const noVaultInRegion = plant(
  'no vault in the region',
  { touches: ['place'], start: 'unprotected', signs: [blocks('vault-same-region')] },
  (plan, { landscape }) => {
    plan.place = landscape.withoutVault(plan.place);
  },
);

/** Moves the VM to a region in which there is only a vault for disks and databases, which is no candidate at all. */
export const vaultOfWrongKind = plant(
  'only a Backup vault (Microsoft.DataProtection) in the region',
  { touches: ['place'], start: 'unprotected', signs: [blocks('vault-same-region')] },
  (plan, { landscape }) => {
    plan.place = landscape.withBackupVaultOnly(plan.place);
  },
);

/** Moves the VM to a region in which only another subscription has a vault. */
export const vaultOnlyInOtherSubscription = plant(
  'vault only in another subscription',
  { touches: ['place'], start: 'unprotected', signs: [blocks('vault-subscription-scope')] },
  (plan, { landscape }) => {
    const place = landscape.withForeignVault(plan.place);
    if (!place) return false;
    plan.place = place;
    return true;
  },
);

/** Moves the VM to where Backstop may not see the protected items. */
export const vaultThatMayNotBeRead = plant(
  'protected items of the vault may not be read',
  { touches: ['place', 'policy', 'health'], signs: blinds },
  (plan, { landscape }) => {
    const place = landscape.secretive;
    if (!place) return false;
    plan.place = place;
    plan.isBlind = true;
    return true;
  },
);

/** Decoy: another subscription has a vault with the very name, group and region of this VM's vault. */
export const namesakeVaultElsewhere = plant(
  'decoy: a namesake of its vault in another subscription',
  { touches: ['place'] },
  (plan, { landscape }) => {
    const home = landscape.home(plan.place);
    if (!landscape.openNamesakeVault(home)) return false;
    plan.place = home;
    return true;
  },
);

/** Decoy: a protected VM of the same name stands in another resource group of the same place. */
export const namesakeMachine = plant(
  'decoy: a protected VM of the same name in another resource group',
  { touches: ['place', 'name'], start: 'unprotected' },
  (plan, garden) => {
    const { earlier } = garden;
    if (!earlier) return false;
    plan.place = earlier.place;
    plan.name = earlier.name;
    plan.group = `${earlier.group}-standby`;
    // One namesake each, or two VMs would get the same id.
    garden.earlier = null;
    return true;
  },
);

/** Decoy: a protected VM of the same name and group stands in another subscription. */
const namesakeElsewhere = plant(
  'decoy: a protected VM of the same name and group in another subscription',
  { touches: ['place', 'name'], start: 'unprotected' },
  (plan, garden) => {
    const { earlier, landscape } = garden;
    const place = earlier && landscape.elsewhere(earlier.place);
    if (!earlier || !place) return false;
    plan.place = place;
    plan.name = earlier.name;
    plan.group = earlier.group;
    garden.earlier = null;
    return true;
  },
);

/** Was moved to this group; its item still belongs to the id that it had before, and so protects nothing any more. */
export const movedMachine = plant(
  'decoy: its item belongs to the id that it had before it was moved',
  { touches: ['name', 'place'], start: 'unprotected' },
  (plan, { landscape }) => {
    plan.group = `${plan.group}-new`;
    plan.edits.push(({ vm, others }) => {
      const seat = plan.place.vaults?.seat('enhanced');
      if (!seat) return;
      const orphan = itemWithoutVm(seat, vm.id.replace(/-new(?=\/providers\/)/i, '-old'));
      others.push(orphan);
      landscape.resourceTruth.push({ resourceId: orphan.id, rule: 'health-orphaned-item', list: 'fail' });
    });
  },
);

/** Everything about places of the departments. */
export const placePlants: readonly Plant[] = [
  noVaultInRegion,
  vaultOfWrongKind,
  vaultOnlyInOtherSubscription,
  vaultThatMayNotBeRead,
  namesakeVaultElsewhere,
  namesakeMachine,
  namesakeElsewhere,
  movedMachine,
];
