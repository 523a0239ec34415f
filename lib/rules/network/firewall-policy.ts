import type { ArmId } from '../../domain/ids.ts';
import { anyOf } from './match.ts';
import { idOf, isId, isReadable, type Reference, referenceAt } from './reference.ts';
import { at, isRow, listAt, textAt, wordAt } from './row.ts';
import { type SourceMatch, sourceAddresses } from './traffic-source.ts';

/** A rule of an Azure Firewall, from a policy or classic. Words are in lower case. */
export type FirewallRule = { readonly source: SourceMatch } & (
  | {
      readonly kind: 'network';
      readonly protocols: readonly string[];
      readonly ports: readonly unknown[];
      readonly destinations: readonly unknown[];
    }
  | {
      readonly kind: 'application';
      readonly protocols: readonly string[];
      readonly fqdnTags: readonly string[];
      readonly inspectsTls: boolean;
      /** It allows names, among which those of Azure Backup may be. */
      readonly mayNameBackup: boolean;
    }
);

interface Collection {
  /** Anything that is not an allow counts as a deny. */
  readonly action: 'allow' | 'deny';
  readonly rules: readonly FirewallRule[];
  /** Whether its action and all its rules were understood; else it may allow more than they say. */
  readonly isUnderstood: boolean;
}

/** What a firewall filters by, and whether that is everything: its policy, the parents of it, and all their groups. */
export interface FirewallRules {
  readonly collections: readonly Collection[];
  readonly isComplete: boolean;
}

/** Rows that firewalls and their policies are read from. */
export interface FirewallRows {
  readonly azureFirewalls?: unknown;
  readonly firewallRuleCollectionGroups?: unknown;
  readonly firewallPolicies?: unknown;
}

/** The filter collections of a firewall: those of its policy and the parents of it, and its classic ones. */
export function firewallRules(firewall: unknown, rows: FirewallRows): FirewallRules {
  const groups = Array.isArray(rows.firewallRuleCollectionGroups) ? rows.firewallRuleCollectionGroups : [];
  const chain = policyChain(referenceAt(firewall, 'properties', 'firewallPolicy'), rows.firewallPolicies);
  const ofPolicies = chain.ids
    .flatMap((policy) => groups.filter((group) => idOf(group)?.startsWith(`${policy}/rulecollectiongroups/`)))
    .flatMap((group) => listAt(group, 'properties', 'ruleCollections') ?? [undefined])
    .filter((each) => wordAt(each, 'ruleCollectionType') !== 'firewallpolicynatrulecollection')
    .map((each) => collection(each, (rule) => ruleKinds.get(wordAt(rule, 'ruleType'))));
  const classic = (['network', 'application'] as const).flatMap((kind) =>
    (listAt(firewall, 'properties', `${kind}RuleCollections`) ?? [undefined]).map((each) =>
      collection(at(each, 'properties'), () => kind),
    ),
  );
  const collections = [...ofPolicies, ...classic];
  const isRead = chain.groups?.every((id) => groups.some((group) => idOf(group) === id && isReadable(group)));
  return { collections, isComplete: isRead === true && collections.every(({ isUnderstood }) => isUnderstood) };
}

/** A policy and its parents, with the groups that they name; no groups if a policy of the chain could not be read. */
function policyChain(
  first: Reference,
  policies: unknown,
): { readonly ids: readonly ArmId[]; readonly groups?: readonly (ArmId | undefined)[] } {
  const ids: ArmId[] = [];
  const groups: (ArmId | undefined)[] = [];
  let next = first;
  while (isId(next) && !ids.includes(next)) {
    const id = next;
    ids.push(id);
    const row = (Array.isArray(policies) ? policies : []).find((each) => idOf(each) === id);
    const named = listAt(row, 'properties', 'ruleCollectionGroups');
    if (!isReadable(row) || !named) {
      return { ids };
    }
    groups.push(...named.map(idOf));
    next = referenceAt(row, 'properties', 'basePolicy');
  }
  return next === 'unreadable' ? { ids } : { ids, groups };
}

function collection(raw: unknown, kindOf: (rule: unknown) => FirewallRule['kind'] | undefined): Collection {
  const action = wordAt(raw, 'action', 'type');
  const rules = listAt(raw, 'rules');
  return {
    action: action === 'allow' ? 'allow' : 'deny',
    rules: rules?.flatMap((rule) => readRule(rule, kindOf(rule)) ?? []) ?? [],
    isUnderstood:
      (action === 'allow' || action === 'deny') &&
      rules !== undefined &&
      rules.every((rule) => kindOf(rule) !== undefined && hasReadableLists(rule)),
  };
}

/** The lists of a rule that say what it lets through; their entries are judged where they are read. */
const ruleLists = [
  'ipProtocols',
  'protocols',
  'destinationPorts',
  'destinationAddresses',
  'fqdnTags',
  'sourceAddresses',
];

function hasReadableLists(rule: unknown): boolean {
  return isRow(rule) && ruleLists.every((name) => listAt(rule, name) !== undefined);
}

const ruleKinds = new Map<string | undefined, FirewallRule['kind']>([
  ['networkrule', 'network'],
  ['applicationrule', 'application'],
]);

function readRule(raw: unknown, kind: FirewallRule['kind'] | undefined): FirewallRule | undefined {
  const source = ruleSource(raw);
  switch (kind) {
    case 'network':
      return {
        kind,
        source,
        protocols: words([...(listAt(raw, 'ipProtocols') ?? []), ...(listAt(raw, 'protocols') ?? [])]),
        ports: listAt(raw, 'destinationPorts') ?? [],
        destinations: [...(listAt(raw, 'destinationAddresses') ?? []), ...hiddenDestinations(raw)],
      };
    case 'application': {
      const fqdnTags = words(listAt(raw, 'fqdnTags') ?? []);
      return {
        kind,
        source,
        protocols: words((listAt(raw, 'protocols') ?? []).map((each) => textAt(each, 'protocolType'))),
        fqdnTags,
        inspectsTls: at(raw, 'terminateTLS') === true,
        mayNameBackup:
          fqdnTags.includes(unreadableWord) ||
          hasEntries(raw, 'webCategories') ||
          hasEntries(raw, 'targetUrls') ||
          namesBackup(raw, 'targetFqdns'),
      };
    }
    default:
      return undefined;
  }
}

/** What is in an IP group is not read, so it may hold the VM. */
function ruleSource(raw: unknown): SourceMatch {
  const byAddress = sourceAddresses(listAt(raw, 'sourceAddresses') ?? []);
  return hasEntries(raw, 'sourceIpGroups') ? (source) => anyOf([byAddress(source), 'maybe']) : byAddress;
}

/** Stands for destinations that are not addresses: an IP group, or names that may be those of Azure Backup. */
function hiddenDestinations(raw: unknown): readonly unknown[] {
  return hasEntries(raw, 'destinationIpGroups') || namesBackup(raw, 'destinationFqdns') ? [undefined] : [];
}

function hasEntries(raw: unknown, name: string): boolean {
  return (listAt(raw, name) ?? [undefined]).length > 0;
}

const backupNames = '.backup.windowsazure.com';

/** Whether a list of names, in which `*` may stand first, holds one of Azure Backup. */
function namesBackup(raw: unknown, list: string): boolean {
  return (listAt(raw, list) ?? ['*']).some((entry) => {
    const name = typeof entry === 'string' ? entry.toLowerCase() : '*';
    return name.startsWith('*')
      ? backupNames.endsWith(name.slice(1)) || name.endsWith(backupNames)
      : name.endsWith(backupNames);
  });
}

/** Stands for an entry that is no text: a word that is none of Azure's, so it may mean any. */
const unreadableWord = '';

function words(values: readonly unknown[]): readonly string[] {
  return values.map((value) => (typeof value === 'string' ? value.toLowerCase() : unreadableWord));
}
