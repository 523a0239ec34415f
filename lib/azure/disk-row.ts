import * as z from 'zod';

import type { DiskEncryption, DiskResource } from '../domain/disk-resource.ts';
import { type ArmId, armId, resourceGroupOf } from '../domain/ids.ts';
import { count, flag, part, present, text } from './lenient.ts';

const KeyOfVault = part({ sourceVault: part({ id: text }) });
const Settings = z.object({ diskEncryptionKey: KeyOfVault, keyEncryptionKey: KeyOfVault });

const DiskRow = z.object({
  id: z.string(),
  name: z.string(),
  sku: part({ name: text }),
  properties: z.object({
    diskSizeGB: count,
    // From here on not read leniently: what makes no sense must not pass for a disk with nothing special.
    maxShares: z.number().nullish(),
    dataAccessAuthMode: z.string().nullish(),
    securityProfile: z
      .looseObject({ securityType: z.string().nullish(), confidentialVMVersion: z.string().nullish() })
      .nullish(),
    encryptionSettingsCollection: z
      .looseObject({ enabled: flag, encryptionSettings: z.array(Settings).nullish() })
      .nullish(),
  }),
});
type Collection = z.infer<typeof DiskRow>['properties']['encryptionSettingsCollection'];

function idsOf(ids: readonly (string | undefined)[]): readonly ArmId[] {
  return ids.flatMap((id) => (id ? [armId(id)] : []));
}

/** Settings that are there count, unless Azure says that they are off. */
function encryptionOf(collection: Collection): DiskEncryption | undefined {
  if (!collection || collection.enabled === false) {
    return undefined;
  }
  const settings = collection.encryptionSettings ?? [];
  return {
    secretVaults: idsOf(settings.map(({ diskEncryptionKey }) => diskEncryptionKey?.sourceVault?.id)),
    keyVaults: idsOf(settings.map(({ keyEncryptionKey }) => keyEncryptionKey?.sourceVault?.id)),
  };
}

/** A managed disk, as ARM sends it and as the row of the query `surroundings` has it. */
export function readDisk(raw: unknown): DiskResource | undefined {
  const row = DiskRow.safeParse(raw);
  const resourceGroup = resourceGroupOf(row.data?.id ?? '');
  if (!row.success || !resourceGroup) {
    return undefined;
  }
  const { id, name, sku, properties } = row.data;
  const { diskSizeGB, maxShares, dataAccessAuthMode, securityProfile, encryptionSettingsCollection } = properties;
  return {
    key: armId(id),
    id,
    name,
    resourceGroup,
    ...present<Partial<DiskResource>>({
      sku: sku?.name,
      sizeGiB: diskSizeGB,
      maxShares: maxShares ?? undefined,
      dataAccessAuthMode: dataAccessAuthMode || undefined,
      securityType: securityProfile?.securityType || undefined,
      confidentialVmVersion: securityProfile?.confidentialVMVersion || undefined,
      diskEncryption: encryptionOf(encryptionSettingsCollection),
    }),
  };
}
