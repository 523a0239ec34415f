import * as z from 'zod';

import { type Role, roles } from '../../lib/domain/caller.ts';

/**
 * The header in which App Service authentication names the caller: JSON in base64. Claims have the names of the token, or longer
 * ones that older parts of the platform give them (unconfirmed which; both are read).
 */
const Principal = z.object({
  role_typ: z.string().nullish(),
  claims: z.array(z.object({ typ: z.string(), val: z.string() })).max(2000),
});

/** What a token says of who asks. */
export interface TokenHolder {
  readonly objectId: string;
  /** As people know it: a person's address, or the id of an app. Whoever may change it in the directory chooses it. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Object ids; empty where the token does not tell them. */
  readonly groups: readonly string[];
}

const claimTypes = {
  objectId: ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier'],
  name: [
    'preferred_username',
    'upn',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    'name',
    'azp',
    'appid',
  ],
  roles: ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'],
  groups: ['groups', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'],
};

function parsed(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The role that a claim names: `Backstop.Reader`, or `Reader`. */
function roleOf(value: string): readonly Role[] {
  const wanted = value.replace(/^Backstop\./, '');
  return roles.filter((role) => role === wanted);
}

/** Who a header names; `undefined` where it makes no sense, or names nobody. Tokens of apps have no name, and are told by an id. */
export function readPrincipal(header: string): TokenHolder | undefined {
  const principal = Principal.safeParse(parsed(header)).data;
  if (!principal) {
    return undefined;
  }
  const { claims, role_typ } = principal;
  const valuesOf = (types: readonly string[]) => types.flatMap((typ) => claims.filter((each) => each.typ === typ));
  const [objectId] = valuesOf(claimTypes.objectId);
  if (!z.guid().safeParse(objectId?.val).success || !objectId) {
    return undefined;
  }
  const [name] = valuesOf(claimTypes.name);
  const roleTypes = [...new Set([...claimTypes.roles, ...(role_typ ? [role_typ] : [])])];
  return {
    objectId: objectId.val.toLowerCase(),
    name: (name?.val ?? 'unnamed').slice(0, 150),
    roles: [...new Set(valuesOf(roleTypes).flatMap(({ val }) => roleOf(val)))],
    groups: valuesOf(claimTypes.groups).map(({ val }) => val.toLowerCase()),
  };
}
