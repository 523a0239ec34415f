import { idOf, referenceAt } from './reference.ts';
import { at, listAt, textAt, wordAt } from './row.ts';

/** A rule of an Azure Firewall, from a policy or classic. Words are in lower case. */
export type FirewallRule =
  | {
      readonly kind: 'network';
      readonly sources: readonly unknown[];
      readonly protocols: readonly string[];
      readonly ports: readonly unknown[];
      readonly destinations: readonly unknown[];
    }
  | {
      readonly kind: 'application';
      readonly sources: readonly unknown[];
      readonly protocols: readonly string[];
      readonly fqdnTags: readonly string[];
      readonly inspectsTls: boolean;
    };

interface Collection {
  /** Anything that is not an allow counts as a deny. */
  readonly action: 'allow' | 'deny';
  readonly rules: readonly FirewallRule[];
}

/**
 * The filter collections of a firewall: those of its policy's groups that are readable, and its classic ones. A parent
 * policy is not looked at, so what is not allowed here may be allowed there.
 */
export function firewallCollections(firewall: unknown, groups: unknown): readonly Collection[] {
  const policy = referenceAt(firewall, 'properties', 'firewallPolicy');
  const ofPolicy = (Array.isArray(groups) ? groups : [])
    .filter((group) => (idOf(group) ?? '').startsWith(`${policy}/rulecollectiongroups/`))
    .flatMap((group) => listAt(group, 'properties', 'ruleCollections') ?? [undefined])
    .filter((each) => wordAt(each, 'ruleCollectionType') !== 'firewallpolicynatrulecollection')
    .map((each) => collection(each, (rule) => ruleKinds.get(wordAt(rule, 'ruleType'))));
  const classic = (['network', 'application'] as const).flatMap((kind) =>
    (listAt(firewall, 'properties', `${kind}RuleCollections`) ?? []).map((each) =>
      collection(at(each, 'properties'), () => kind),
    ),
  );
  return [...ofPolicy, ...classic];
}

function collection(raw: unknown, kindOf: (rule: unknown) => FirewallRule['kind'] | undefined): Collection {
  return {
    action: wordAt(raw, 'action', 'type') === 'allow' ? 'allow' : 'deny',
    rules: (listAt(raw, 'rules') ?? []).flatMap((rule) => readRule(rule, kindOf(rule)) ?? []),
  };
}

const ruleKinds = new Map<string | undefined, FirewallRule['kind']>([
  ['networkrule', 'network'],
  ['applicationrule', 'application'],
]);

function readRule(raw: unknown, kind: FirewallRule['kind'] | undefined): FirewallRule | undefined {
  const sources = listAt(raw, 'sourceAddresses') ?? [];
  switch (kind) {
    case 'network':
      return {
        kind,
        sources,
        protocols: words([...(listAt(raw, 'ipProtocols') ?? []), ...(listAt(raw, 'protocols') ?? [])]),
        ports: listAt(raw, 'destinationPorts') ?? [],
        destinations: listAt(raw, 'destinationAddresses') ?? [],
      };
    case 'application':
      return {
        kind,
        sources,
        protocols: words((listAt(raw, 'protocols') ?? []).map((each) => textAt(each, 'protocolType'))),
        fqdnTags: words(listAt(raw, 'fqdnTags') ?? []),
        inspectsTls: at(raw, 'terminateTLS') === true,
      };
    default:
      return undefined;
  }
}

function words(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
}
