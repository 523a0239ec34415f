import * as z from 'zod';

import { type ArmId, armId } from '../domain/ids.ts';
import type { NetworkRules } from '../use-cases/ports.ts';

const Row = z.looseObject({ id: z.string().min(1), type: z.string() });

const Configuration = z.union([
  z.looseObject({ id: z.string().min(1) }),
  // Resource Graph writes these rows in camelCase and in PascalCase (documented samples try both).
  z.looseObject({ Id: z.string().min(1) }).transform(({ Id }) => ({ id: Id })),
]);
const Configurations = z.array(Configuration);
const Effective = z.looseObject({
  properties: z.union([
    z.looseObject({ effectiveSecurityAdminConfigurations: Configurations }),
    z
      .looseObject({ EffectiveSecurityAdminConfigurations: Configurations })
      .transform((each) => ({ effectiveSecurityAdminConfigurations: each.EffectiveSecurityAdminConfigurations })),
  ]),
});

const effectiveId = /^(.*)\/providers\/microsoft\.network\/effectivesecurityadminrules\/[^/]+$/;
const ruleId = /^(.*\/securityadminconfigurations\/[^/]+)\/rulecollections\/[^/]+\/rules\/[^/]+(\/snapshots\/[^/]+)$/;

/** The rules of every snapshot of a configuration, by the id of that snapshot. */
function rulesByConfiguration(rows: readonly { readonly id: string }[]): ReadonlyMap<ArmId, readonly unknown[]> {
  const rules = new Map<ArmId, unknown[]>();
  for (const row of rows) {
    const [, configuration, snapshot] = ruleId.exec(armId(row.id)) ?? [];
    const key = armId(`${configuration}${snapshot}`);
    rules.set(key, [...(rules.get(key) ?? []), row]);
  }
  return rules;
}

/** Ids of the configurations that apply to a network, or `undefined` if they cannot be told. */
function configurationsOf(row: unknown): readonly ArmId[] | undefined {
  return Effective.safeParse(row).data?.properties.effectiveSecurityAdminConfigurations.map(({ id }) => armId(id));
}

/**
 * Rows of the query `networkRules`. A configuration of which no rule can be seen hides what it does: the rules of its
 * networks could not be read. A network that no row names has none.
 */
export function readNetworkRules(raws: readonly unknown[]): NetworkRules {
  const rows = raws.flatMap((raw) => Row.safeParse(raw).data ?? []);
  const ofType = (end: string) => rows.filter(({ type }) => type.toLowerCase().endsWith(end));
  const rules = rulesByConfiguration(ofType('/rules/snapshots'));
  const shared = new Map<string, readonly unknown[] | null>();

  /** Networks with the same configurations share one list. */
  function rulesOf(configurations: readonly ArmId[]): readonly unknown[] | null {
    const key = configurations.join('|');
    const lists = configurations.map((configuration) => rules.get(configuration));
    const found = shared.get(key) ?? (lists.includes(undefined) ? null : lists.flatMap((list) => list ?? []));
    shared.set(key, found);
    return found;
  }

  const adminRules = ofType('/effectivesecurityadminrules').flatMap((row) => {
    const [, vnet] = effectiveId.exec(armId(row.id)) ?? [];
    const configurations = configurationsOf(row);
    return vnet ? [[armId(vnet), configurations ? rulesOf(configurations) : null] as const] : [];
  });
  return { adminRules: new Map(adminRules), firewallRuleCollectionGroups: ofType('/rulecollectiongroups') };
}
