import { databaseFillers, vmFillers } from './fillers.ts';
import { northEurope } from './names.ts';
import { placed } from './place-plants.ts';
import type { Plant } from './plants.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks } from './truth.ts';

const unprotected = { start: 'unprotected' } as const;

/** How many there are in a vault, and what a policy holds. */
function crowded(displayName: string, fill: (site: Site) => void): SpecialPlace {
  return { displayName, region: northEurope, furnish: fill };
}

function vms(site: Site, count: number): void {
  for (const filler of vmFillers(site.place.vaults?.fill('standard', count) ?? [])) site.emit(filler);
}

function databases(site: Site, count: number): void {
  for (const filler of databaseFillers(site.vault.id, count)) site.emit(filler);
}

function inDefaultPolicy(site: Site, count: number): void {
  for (const filler of vmFillers(site.place.vaults?.fill('enhanced', count) ?? [])) site.emit(filler);
}

const noRoom = { ...unprotected, signs: [blocks('vault-capacity')] };

/** Everything about room in vaults and policies. */
export const vaultRoomPlants: readonly Plant[] = [
  placed(
    'vault with 1,000 VMs',
    crowded('Vault with 1,000 VMs', (site) => vms(site, 1000)),
    noRoom,
  ),
  placed(
    'decoy: vault with 999 VMs and 1,999 data sources',
    crowded('Vault with 999 VMs', (site) => {
      vms(site, 999);
      databases(site, 1000);
    }),
    unprotected,
  ),
  placed(
    'vault with 2,000 data sources',
    crowded('Vault with 2,000 data sources', (site) => {
      vms(site, 20);
      databases(site, 1980);
    }),
    noRoom,
  ),
  placed(
    'policy with 100 VMs',
    crowded('Policy with 100 VMs', (site) => inDefaultPolicy(site, 100)),
    {
      ...unprotected,
      signs: [blocks('policy-capacity')],
    },
  ),
  placed(
    'decoy: policy with 99 VMs',
    crowded('Policy with 99 VMs', (site) => inDefaultPolicy(site, 99)),
    unprotected,
  ),
];
