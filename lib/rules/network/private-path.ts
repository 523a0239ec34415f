import { judgeAccess } from './access.ts';
import type { Configuration } from './configuration.ts';
import { privateTarget } from './target.ts';
import { dataMissing, type Open, type PathVerdict, type PathVerdicts } from './verdict.ts';

/**
 * Puts the vault's private endpoint and its refusal of public networks in the place of the public paths. Entra ID has no
 * private endpoint. Plain VM backup needs none of this.
 */
export function withVaultAccess(paths: PathVerdicts, configuration: Configuration): PathVerdicts {
  const { vault } = configuration;
  switch (vault.kind) {
    case 'notJudged':
      return paths;
    case 'missing':
      return {
        ...paths,
        AzureBackup: dataMissing(vault.part),
        Storage: unlessBlocked(paths.Storage, dataMissing(vault.part)),
      };
    case 'publicOnly':
      return vault.isPublicDenied
        ? {
            ...paths,
            AzureBackup: { verdict: 'blocked', reason: 'VAULT_PUBLIC_ACCESS_DENIED', decidingResource: 'vault' },
          }
        : paths;
    case 'endpoint':
      return {
        ...paths,
        AzureBackup: endpointPath(paths.AzureBackup, configuration),
        Storage: storagePath(paths.Storage),
      };
    default: {
      const never: never = vault;
      return never;
    }
  }
}

function unlessBlocked(path: PathVerdict, instead: PathVerdict): PathVerdict {
  return path.verdict === 'blocked' ? instead : path;
}

/** Version 2 endpoints carry storage over the vault's own addresses, version 1 do not; which one it is cannot be seen. */
function storagePath(path: PathVerdict): PathVerdict {
  return path.verdict === 'blocked'
    ? { ...path, verdict: 'unknown', reason: 'PRIVATE_ENDPOINT_STORAGE_UNVERIFIED' }
    : path;
}

function endpointPath(publicPath: PathVerdict, { vault, layers }: Configuration): PathVerdict {
  if (vault.kind !== 'endpoint') {
    return publicPath;
  }
  const access = judgeAccess(layers, privateTarget(vault.addresses));
  const isPublicOpen = publicPath.verdict === 'open' && !vault.isPublicDenied;
  const isPublicBlocked = publicPath.verdict === 'blocked' || vault.isPublicDenied;
  if (!vault.isLinked && isPublicOpen) {
    return publicPath;
  }
  if (access.verdict === 'blocked' && (vault.isLinked || isPublicBlocked)) {
    return access;
  }
  if (!vault.isLinked) {
    return { verdict: 'unknown', reason: 'PRIVATE_ENDPOINT_DNS_UNVERIFIED', decidingResource: 'privateEndpoint' };
  }
  return access.verdict === 'open' ? openByEndpoint(access.allowedBy) : access;
}

function openByEndpoint(allowedBy: Open['allowedBy']): Open {
  return {
    verdict: 'open',
    reason: 'OPEN',
    allowedBy,
    decidingRoute: { source: 'system', nextHopType: 'VnetLocal' },
    egress: 'privateEndpoint',
  };
}
