import * as z from 'zod';

import {
  type Engagement,
  type EngagementScope,
  noEngagement,
  registrationsPerVaultAndDay,
  type Target,
} from './domain/engagement.ts';
import { isVaultName } from './domain/vault-name.ts';

const text = z.string('expected a text').min(1, 'expected a text that is not empty');
const guid = z.guid('expected the id of a subscription (a GUID)').transform((id) => id.toLowerCase());
const groupId = z
  .string('expected the id of a resource group')
  .regex(
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+$/i,
    'expected /subscriptions/<id>/resourceGroups/<name>',
  );
const tag = z.string('expected a tag').regex(/^[^=]+=.+$/, 'expected a tag and its value, such as backup=auto');
const switchedOn = z.boolean('expected true or false');
const whole = z.number('expected a number').int('expected a whole number');

function tagOf(pair: string): { readonly name: string; readonly value: string } {
  const at = pair.indexOf('=');
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

/** Regions have names of up to 20 letters and digits, so the longest one is tried. */
const longestRegion = 'australiasoutheast';
const patternOfVaults = text.refine(
  (pattern) => isVaultName(pattern.replaceAll('{region}', longestRegion)),
  'expected 2 to 50 letters, digits and hyphens, a letter first; {region} stands for the region',
);

const PolicySection = z.strictObject({
  name: text.default('EnhancedPolicy').meta({ description: 'Name of the policy that a VM gets in its vault.' }),
  byEnvironment: z
    .record(
      text.transform((name) => name.toLowerCase()),
      text,
      'expected an object of policies by environment',
    )
    .default({})
    .meta({ description: 'Names of policies by the environment that the tags of a VM tell.' }),
  create: switchedOn.default(false).meta({
    description: 'Whether a policy that the vault lacks may be created: Enhanced, daily, kept for 30 days.',
  }),
});

const NewVaultSection = z.strictObject({
  name: patternOfVaults.meta({ description: 'Name of a new vault; {region} stands for the region.' }),
  resourceGroup: text.meta({
    description: 'Resource group of a new vault, which must exist; {region} stands for the region.',
  }),
});

const VaultSection = z.strictObject({
  tag: tag.optional().meta({ description: 'Tag that a vault must carry, as name=value.' }),
  redundancy: z
    .array(
      z.enum(
        ['GeoRedundant', 'ZoneRedundant', 'LocallyRedundant'],
        'expected GeoRedundant, ZoneRedundant or LocallyRedundant',
      ),
    )
    .default([])
    .meta({ description: 'Redundancies that a vault may have; without any, all will do.' }),
  crossSubscription: switchedOn.default(false).meta({
    description: 'Whether a vault of another subscription will do (same tenant, same region).',
  }),
  create: NewVaultSection.optional().meta({
    description: 'How a missing vault is made: geo-redundant, with soft delete, without public access.',
  }),
});

const ScopeSection = z
  .strictObject({
    name: text.meta({ description: 'How people call the scope; each has another name.' }),
    managementGroup: text.optional().meta({ description: 'Name of a management group.' }),
    subscription: guid.optional().meta({ description: 'Id of a subscription.' }),
    resourceGroup: groupId.optional().meta({ description: 'Id of a resource group.' }),
    tag: tag.optional().meta({ description: 'Tag of the VMs, as name=value.' }),
    mode: z.enum(['off', 'dry-run', 'on'], 'expected off, dry-run or on').default('off').meta({
      description: 'off: nothing; dry-run: plans are shown, nothing is written in Azure; on: plans are carried out.',
    }),
    actions: z
      .array(z.enum(['enable', 'resume', 'fix-policy'], 'expected enable, resume or fix-policy'))
      .min(1, 'expected one action or more')
      .default(['enable'])
      .meta({ description: 'What may be done: enable protection, resume a stopped one, move to a policy that fits.' }),
    policy: PolicySection.prefault({}),
    vaults: VaultSection.prefault({}),
    graceMinutes: whole
      .min(0, 'expected 0 minutes or more')
      .max(7 * 24 * 60, 'expected 7 days at most')
      .default(60)
      .meta({
        description: 'Minutes after its creation for which a new VM is left to its owner.',
      }),
    approval: switchedOn.default(false).meta({ description: 'Whether each plan waits for an approval.' }),
    backupNow: switchedOn.default(false).meta({ description: 'Whether the first backup is made at once.' }),
  })
  .superRefine((scope, context) => {
    const targets = ['managementGroup', 'subscription', 'resourceGroup', 'tag'] as const;
    if (targets.filter((target) => scope[target] !== undefined).length !== 1) {
      context.addIssue({ code: 'custom', message: `expected exactly one of ${targets.join(', ')}` });
    }
  });

const EngagementSection = z
  .strictObject({
    $schema: z.string().optional(),
    stop: switchedOn.default(false).meta({ description: 'The stop switch: nothing new is begun while it is true.' }),
    caps: z
      .strictObject({
        perRun: whole.min(1, 'expected 1 or more').default(noEngagement.caps.perRun),
        perHour: whole.min(1, 'expected 1 or more').default(noEngagement.caps.perHour),
        perVaultAndDay: whole
          .min(1, 'expected 1 or more')
          .max(registrationsPerVaultAndDay, `expected ${registrationsPerVaultAndDay} at most: Azure takes no more`)
          .default(registrationsPerVaultAndDay),
      })
      .prefault({})
      .meta({ description: 'Most changes in a sweep, in an hour, and in a vault on a day.' }),
    scopes: z.array(ScopeSection, 'expected a list of scopes').default([]),
  })
  .superRefine(({ scopes }, context) => {
    for (const [index, scope] of scopes.entries()) {
      const before = scopes.slice(0, index);
      const path = ['scopes', index, 'name'];
      if (before.some(({ name }) => name === scope.name)) {
        context.addIssue({ code: 'custom', path, message: 'expected another name for each scope' });
      }
      const twin = before.find((each) => targetKey(each) === targetKey(scope));
      if (twin) {
        context.addIssue({ code: 'custom', path, message: `covers the same as scope ${twin.name}` });
      }
    }
  });

type RawScope = z.output<typeof ScopeSection>;

function targetKey({ managementGroup, subscription, resourceGroup, tag: pair }: RawScope): string {
  return JSON.stringify([managementGroup, subscription, resourceGroup, pair]).toLowerCase();
}

function targetOf({ managementGroup = '', subscription, resourceGroup, tag: pair }: RawScope): Target {
  if (pair !== undefined) {
    return { kind: 'tag', ...tagOf(pair) };
  }
  if (resourceGroup !== undefined) {
    const [, , subscriptionId = '', , group = ''] = resourceGroup.split('/');
    return { kind: 'resource-group', subscriptionId: subscriptionId.toLowerCase(), resourceGroup: group };
  }
  return subscription === undefined
    ? { kind: 'management-group', managementGroup }
    : { kind: 'subscription', subscriptionId: subscription };
}

function scopeOf(raw: RawScope): EngagementScope {
  const { name, mode, actions, policy, graceMinutes, approval, backupNow } = raw;
  const { tag: vaultTag, redundancy, crossSubscription, create } = raw.vaults;
  const vaults = {
    redundancy,
    crossSubscription,
    ...(vaultTag === undefined ? {} : { tag: tagOf(vaultTag) }),
    ...(create ? { create } : {}),
  };
  return { name, target: targetOf(raw), mode, actions, policy, vaults, graceMinutes, approval, backupNow };
}

/** The rules of engagement as people write them, in `backstop.json` or as an app setting. */
export const EngagementDocument: z.ZodType<Engagement> = EngagementSection.transform(({ stop, caps, scopes }) => ({
  stop,
  caps,
  scopes: scopes.map(scopeOf),
}));

/** JSON Schema of `backstop.json`, which editors check it against. */
export function engagementJsonSchema(): object {
  return z.toJSONSchema(EngagementSection, { io: 'input', target: 'draft-2020-12' });
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );
}

function placeOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key, index) =>
    typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`,
  );
  return parts.join('') || 'the document';
}

/** Longest value that an error repeats. */
const valueLength = 80;

/** Each thing that is wrong with a document: where, what stands there, and what is allowed. */
export function problemsOfEngagement(document: unknown): readonly string[] {
  const parsed = EngagementSection.safeParse(document);
  return (parsed.error?.issues ?? []).map(({ path, message, ...issue }) => {
    const value = JSON.stringify(valueAt(document, path));
    return issue.code === 'unrecognized_keys'
      ? `${placeOf(path)} has no ${issue.keys.join(', ')}: a misspelt name?`
      : `${placeOf(path)} is ${value === undefined ? 'missing' : value.slice(0, valueLength)}: ${message}`;
  });
}
