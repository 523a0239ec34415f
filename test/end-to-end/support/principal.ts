import type { Role } from '../../../lib/domain/caller.ts';

/** Who a request comes from, as App Service authentication would say it. */
export interface Somebody {
  readonly objectId: string;
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly groups?: readonly string[];
}

/** The header that the platform sets for somebody. */
export function principalOf({ objectId, name, roles = [], groups = [] }: Somebody): Readonly<Record<string, string>> {
  const claims = [
    { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: objectId },
    ...(name ? [{ typ: 'preferred_username', val: name }] : []),
    ...roles.map((role) => ({ typ: 'roles', val: `Backstop.${role}` })),
    ...groups.map((val) => ({ typ: 'groups', val })),
  ];
  const principal = { auth_typ: 'aad', name_typ: 'name', role_typ: 'roles', claims };
  return { 'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64') };
}
