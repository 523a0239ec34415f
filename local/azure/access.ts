import type { DeniedRead } from '../estates/estate.ts';
import { authorizationFailed } from './arm-error.ts';

/** What the one caller of the simulated Azure may do. */
export interface Access {
  refuses(action: string, scope: string): boolean;
  /** Throws Azure's 403 when refused. */
  require(action: string, scope: string): void;
  /** The actions that the estate denies at a scope as a whole, there or above, as it names them. */
  deniedAt(scope: string): readonly string[];
}

const readsItems =
  /^microsoft\.recoveryservices\/vaults\/(backupProtectedItems|backupFabrics\/protectionContainers\/protectedItems)\/read$/i;

/**
 * Access as an estate's `denied` list leaves it. A denial holds at its scope and below, its action may hold `*`, and
 * refusing the reading of a parent refuses that of its children. Refusing the reading of a vault's items refuses every
 * backup read below the vault (ruling 5), the count of its items included.
 */
export function accessOf(denied: readonly DeniedRead[], clientId: string): Access {
  const denials = denied
    .flatMap(({ scope, action }) => [
      { scope, action },
      ...(readsItems.test(action) ? [{ scope, action: 'Microsoft.RecoveryServices/vaults/backup*' }] : []),
    ])
    .map(({ scope, action }) => ({ prefix: withSlash(scope.toLowerCase()), covers: actionPattern(action) }));
  const refuses = (action: string, scope: string): boolean => {
    if (denials.length === 0) return false;
    const at = withSlash(scope.toLowerCase());
    const actions = withParents(action);
    return denials.some(({ prefix, covers }) => at.startsWith(prefix) && actions.some((each) => covers.test(each)));
  };
  return {
    refuses,
    require: (action, scope) => {
      if (refuses(action, scope)) throw authorizationFailed(clientId, action, scope);
    },
    deniedAt: (scope) => {
      const at = withSlash(scope.toLowerCase());
      const here = denied.filter((each) => at.startsWith(withSlash(each.scope.toLowerCase())));
      return [...new Set(here.map(({ action }) => action))];
    },
  };
}

const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

function actionPattern(action: string): RegExp {
  const escaped = action.split('*').map((part) => part.replace(/[.\\/+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'i');
}

/** `a/b/c/read` is refused by a denial of `a/b/read` too. Only reads are inherited so. */
function withParents(action: string): string[] {
  const parts = action.split('/');
  if (parts.at(-1)?.toLowerCase() !== 'read') return [action];
  const types = parts.slice(0, -1);
  return types.slice(1).map((_, at) => [...types.slice(0, at + 2), 'read'].join('/'));
}
