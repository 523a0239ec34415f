/** Groups of findings that controls ask about. */
export const findingFamilies = {
  'not-protected': 'VM not protected',
  'not-working': 'protection stopped, never ran or failing',
  'too-short': 'retention or schedule below the floor',
  'vault-hardening': 'vault hardening: soft delete, immutability, private access',
  redundancy: 'redundancy, other region or zone',
  'restore-untested': 'restore never tested',
  exemption: 'exemption missing, expired or undocumented',
  'evidence-incomplete': 'evidence incomplete: unknown',
} as const;

export type FindingFamily = keyof typeof findingFamilies;

/** Rules whose failures belong to a family. Nobody tells Backstop about restore tests, so no rule has that family. */
const rulesOf: Readonly<Partial<Record<FindingFamily, readonly string[]>>> = {
  'not-protected': ['health-protected', 'vault-item-soft-deleted'],
  'not-working': [
    'health-protection-state',
    'health-initial-backup',
    'health-last-backup',
    'health-rpo',
    'health-precheck',
    'health-partial-disks',
    'restore-point-limit',
    'lock-restore-point-rg',
    'mabs-connectivity',
    'mabs-item-health',
    'mabs-subscription-state',
  ],
  'too-short': ['policy-retention-minimum', 'policy-schedule-rpo'],
  'vault-hardening': ['vault-soft-delete', 'vault-immutability'],
  redundancy: ['vault-storage-redundancy', 'vault-cross-region-restore', 'availability-zone', 'mabs-vault-setup'],
  exemption: ['gov-exclusion-tag'],
};

/**
 * The family to which a failure of a rule belongs; `undefined` for rules that no control asks about. A finding of any rule
 * that is unknown belongs to `evidence-incomplete`.
 */
export function familyOfRule(rule: string): FindingFamily | undefined {
  return (Object.keys(rulesOf) as FindingFamily[]).find((family) => rulesOf[family]?.includes(rule));
}

/** Whether anything tells about a family; of one that is not assessed, having no findings says nothing. */
export function isAssessed(family: FindingFamily): boolean {
  return family === 'evidence-incomplete' || rulesOf[family] !== undefined;
}
