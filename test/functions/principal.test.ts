import { describe, expect, it } from 'vitest';

import { readPrincipal } from '../../functions/http/principal.ts';

const objectId = '11111111-2222-3333-4444-555555555555';
const group = '66666666-7777-8888-9999-AAAAAAAAAAAA';

type Claim = readonly [typ: string, val: string];

function header(claims: readonly Claim[], more: object = { role_typ: 'roles' }): string {
  const named = claims.map(([typ, val]) => ({ typ, val }));
  return Buffer.from(JSON.stringify({ auth_typ: 'aad', ...more, claims: named })).toString('base64');
}

describe('the header of App Service authentication', () => {
  it('names a person with roles and groups', () => {
    const claims: Claim[] = [
      ['oid', objectId.toUpperCase()],
      ['name', 'Ada Lovelace'],
      ['preferred_username', 'ada@contoso.com'],
      ['roles', 'Backstop.Reader'],
      ['roles', 'Backstop.Approver'],
      ['roles', 'Somebody.Else'],
      ['groups', group],
    ];

    expect(readPrincipal(header(claims))).toEqual({
      objectId,
      name: 'ada@contoso.com',
      roles: ['Reader', 'Approver'],
      groups: [group.toLowerCase()],
    });
  });

  it('names an app, which has no name of a person', () => {
    const claims: Claim[] = [
      ['http://schemas.microsoft.com/identity/claims/objectidentifier', objectId],
      ['azp', group],
      ['http://schemas.microsoft.com/ws/2008/06/identity/claims/role', 'Contributor'],
    ];

    expect(readPrincipal(header(claims, {}))).toMatchObject({ name: group, roles: ['Contributor'], groups: [] });
    expect(readPrincipal(header(claims.slice(0, 1), { role_typ: null }))).toMatchObject({ name: 'unnamed', roles: [] });
  });

  it('says itself which claims are roles', () => {
    const claims: Claim[] = [
      ['oid', objectId],
      ['urn:role', 'Backstop.Reader'],
      ['urn:other', 'Backstop.Approver'],
    ];

    expect(readPrincipal(header(claims, { role_typ: 'urn:role' }))?.roles).toEqual(['Reader']);
  });

  it.each([
    ['of no id', [['roles', 'Backstop.Reader']]],
    ['of an id that is none', [['oid', '../root']]],
    ['of an id in a claim of another kind', [['sub', objectId]]],
  ] as const)('names nobody: %s', (_, claims) => {
    expect(readPrincipal(header(claims))).toBeUndefined();
  });

  it.each([
    ['blanks', ' '],
    ['no base64', '\u{1f4a5}'],
    ['no JSON', Buffer.from('{').toString('base64')],
    ['no object', Buffer.from('[]').toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
    ['numbers for values', Buffer.from('{"claims":[{"typ":"oid","val":1}]}').toString('base64')],
    ['a prototype', Buffer.from('{"__proto__":{"claims":[]}}').toString('base64')],
    ['claims without end', header(Array.from({ length: 2001 }, () => ['oid', objectId] as const))],
  ])('names nobody: %s', (_, text) => {
    expect(readPrincipal(text)).toBeUndefined();
  });

  it.each(['backstop.reader', 'Backstop.reader', 'reader', 'Backstop.', 'Backstop.Backstop.Reader', 'constructor'])(
    'gives no role by another word: %s',
    (word) => {
      const claims: Claim[] = [
        ['oid', objectId],
        ['roles', word],
      ];

      expect(readPrincipal(header(claims))?.roles).toEqual([]);
    },
  );
});
