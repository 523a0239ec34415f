/** What a VM size has, as Azure's list of sizes says for a subscription and region. */
export interface VmSize {
  readonly vCpus?: number;
  readonly memoryGiB?: number;
  /** What Azure Backup itself says of the size (`backupValidateFeatures`): `Supported`, `NotSupported` ...; absent = not asked. */
  readonly backupSupport?: string;
}

/** Sizes by lower-cased name. */
export type VmSizes = ReadonlyMap<string, VmSize>;
