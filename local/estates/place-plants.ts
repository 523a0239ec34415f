import { type Plant, plant } from './plants.ts';

/** Moves the VM to a region in which nobody has a vault. */
export const noVaultInRegion = plant('no vault in the region', (plan, { landscape }) => {
  plan.place = landscape.withoutVault(plan.place);
});

/** Moves the VM to a region in which there is only a vault for disks and databases. */
export const vaultOfWrongKind = plant(
  'only a Backup vault (Microsoft.DataProtection) in the region',
  (plan, { landscape }) => {
    plan.place = landscape.withBackupVaultOnly(plan.place);
  },
);

/** Moves the VM to a region in which only another subscription has a vault. */
export const vaultOnlyInOtherSubscription: Plant = {
  words: 'vault only in another subscription',
  edit: (plan, { landscape }) => {
    const place = landscape.withForeignVault(plan.place);
    if (place) plan.place = place;
    return place !== null;
  },
};

/** Moves the VM to where Backstop may not see the protected items. */
export const vaultThatMayNotBeRead: Plant = {
  words: 'protected items of the vault may not be read',
  edit: (plan, { landscape }) => {
    const place = landscape.secretive;
    if (place) plan.place = place;
    return place !== null;
  },
};

/** Decoy: another subscription has a vault with the very name, group and region of this VM's vault. */
export const namesakeVaultElsewhere: Plant = {
  words: 'decoy: a namesake of its vault in another subscription',
  edit: (plan, { landscape }) => {
    const home = landscape.home(plan.place);
    if (!landscape.openNamesakeVault(home)) return false;
    plan.place = home;
    return true;
  },
};

/** Decoy: a protected VM of the same name stands in another resource group of the same place. */
export const namesakeMachine: Plant = {
  words: 'decoy: a protected VM of the same name in another resource group',
  edit: (plan, garden) => {
    const { earlier } = garden;
    if (!earlier) return false;
    plan.place = earlier.place;
    plan.name = earlier.name;
    plan.group = `${earlier.group}-standby`;
    // One namesake each, or two VMs would get the same id.
    garden.earlier = null;
    return true;
  },
};
