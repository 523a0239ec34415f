import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';

import { additionalPolicies, type Connection, retryOptions } from './connection.ts';

/**
 * The client of Azure Backup. Version 12.0.0 of the SDK asks with api-version 2023-06-01 unless told otherwise; Trusted Launch
 * under a Standard policy needs 2025-01-01. What is sent and read here has kept its shape since, so writes ask with the
 * version of the setting BACKSTOP_BACKUP_API_VERSION; reads keep that of the SDK, whose models they go through. This is
 * the one place where a version is chosen; a contract test proves it on the wire.
 */
export function createBackupClient(
  { credential, endpoint, scope }: Connection,
  subscriptionId: string,
  {
    apiVersion,
    maxRetries = retryOptions.maxRetries,
  }: { readonly apiVersion?: string; readonly maxRetries?: number } = {},
): RecoveryServicesBackupClient {
  return new RecoveryServicesBackupClient(credential, subscriptionId, {
    endpoint,
    credentialScopes: scope,
    retryOptions: { ...retryOptions, maxRetries },
    additionalPolicies,
    ...(apiVersion ? { apiVersion } : {}),
  });
}
