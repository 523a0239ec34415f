import { expect, it } from 'vitest';

import { serverPlants } from '../../../local/estates/backup-servers.ts';
import { generateEstate, generateLabelledEstate } from '../../../local/estates/generate.ts';

const engineType = 'Microsoft.RecoveryServices/vaults/backupEngines';

it('ten servers show every plant, in vaults of the estate', () => {
  const { estate, plantedServers } = generateLabelledEstate({ vms: 40, seed: 7, servers: 10 });

  const engines = estate.resources.filter(({ type }) => type === engineType);
  const vaultIds = estate.resources.flatMap(({ id, type }) => (type.endsWith('/vaults') ? [id] : []));
  expect(new Set(plantedServers.map(({ plant }) => plant))).toEqual(new Set(serverPlants));
  expect(engines.map(({ id }) => id)).toEqual(plantedServers.map(({ id }) => id));
  expect(engines.filter(({ id }) => !vaultIds.some((vault) => id.startsWith(`${vault}/`)))).toEqual([]);
});

it('servers leave everything else of an estate as it is, and are the same for the same seed', () => {
  const without = generateEstate({ vms: 40, seed: 7 });
  const [one, again] = [
    generateEstate({ vms: 40, seed: 7, servers: 3 }),
    generateEstate({ vms: 40, seed: 7, servers: 3 }),
  ];

  expect(one.resources.slice(0, without.resources.length)).toEqual(without.resources);
  expect(one).toEqual(again);
});
