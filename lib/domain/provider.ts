/** The resource provider of Azure Backup in a subscription. */
export interface BackupProvider {
  /** `Registered`, `NotRegistered`, `Registering` ... */
  readonly registrationState: string;
  /** Regions in which vaults are offered, lower-cased and without blanks. */
  readonly vaultRegions: readonly string[];
}
