import { drop, first, put } from './bodies.ts';
import { day, hour, instant, minute } from './instants.ts';
import { type Plant, protectionPlant } from './plants.ts';
import { isWeekly, lastRunBy } from './policies.ts';
import { backedUpAt, follow, neverBackedUp } from './protection-plans.ts';
import { blocks, clouds, endangers, notes, type Sign, waits } from './truth.ts';

const health = { touches: ['health'] } as const;
const ofHealth = (...signs: readonly Sign[]) => ({ ...health, signs });

/** Somebody stopped the protection and kept the data. */
export const stoppedProtection = protectionPlant(
  'protection stopped, data retained',
  ofHealth(endangers('health-protection-state'), endangers('health-rpo')),
  (protection, { now, random }) => {
    protection.state = 'ProtectionStopped';
    backedUpAt(protection, lastRunBy(protection.policy, now - (20 + random.int(60)) * day));
  },
);

/** Protection is in an error state, although last night's backup went well. */
export const protectionError = protectionPlant(
  'protection in an error state',
  ofHealth(endangers('health-protection-state')),
  (protection) => {
    protection.state = 'ProtectionError';
  },
);

/** Azure does not tell in which state the protection is. */
export const invalidState = protectionPlant(
  'protection state invalid',
  ofHealth(clouds('health-protection-state')),
  (protection) => {
    protection.state = 'Invalid';
  },
);

const otherStates: readonly Plant[] = [
  protectionPlant('protection paused', ofHealth(endangers('health-protection-state')), (protection) => {
    protection.state = 'ProtectionPaused';
  }),
  protectionPlant('backups suspended', ofHealth(endangers('health-protection-state')), (protection) => {
    protection.state = 'BackupsSuspended';
  }),
  protectionPlant('protection stopped this morning', ofHealth(endangers('health-protection-state')), (protection) => {
    protection.state = 'ProtectionStopped';
  }),
];

/** No run has happened for days, or for weeks under a weekly policy. */
export const overdueRecoveryPoint = protectionPlant(
  'newest recovery point overdue',
  ofHealth(endangers('health-rpo')),
  (protection, { now, random }) => {
    const days = (isWeekly(protection.policy) ? 21 : 4) + random.int(9);
    backedUpAt(protection, lastRunBy(protection.policy, now - days * day));
  },
);

const ofPolicyToo = (...signs: readonly Sign[]) => ({ touches: ['health', 'policy'] as const, signs });

/** The newest point is so old: around the limits, which are gap of the policy + 2 h + 6 h (hourly: 2 h). */
function aged(kind: 'enhanced' | 'roundTheClock' | 'hourly', [hours, minutes]: readonly [number, number]): Plant {
  const limits = { enhanced: 32, roundTheClock: 8, hourly: 16 };
  const isLate = hours * 60 + minutes > limits[kind] * 60;
  const age = `${hours} h ${minutes} min`;
  const words = isLate ? `newest point ${age} old, policy ${kind}` : `decoy: newest point ${age} old, policy ${kind}`;
  const planting = isLate ? ofPolicyToo(endangers('health-rpo')) : ofPolicyToo();
  return protectionPlant(words, planting, (protection, garden, plan) => {
    follow(plan, kind, garden);
    const pointAt = garden.now - hours * hour - minutes * minute;
    backedUpAt(protection, pointAt - 15 * minute);
  });
}

const ages: readonly Plant[] = [
  aged('enhanced', [31, 59]),
  aged('enhanced', [32, 0]),
  aged('enhanced', [32, 1]),
  aged('enhanced', [64, 1]),
  aged('roundTheClock', [7, 59]),
  aged('roundTheClock', [8, 1]),
  aged('hourly', [16, 0]),
  aged('hourly', [16, 1]),
];

/** A point from the future makes no sense. */
const pointInFuture = protectionPlant(
  'newest point in the future',
  ofHealth(clouds('health-rpo')),
  (_, { now }, plan) => {
    plan.edits.push(({ items }) => {
      for (const item of items) put(item, 'properties.lastRecoveryPoint', instant(now + 3 * hour));
    });
  },
);

/** Protected a few hours ago. */
export const firstBackupNotDue = protectionPlant(
  'first backup not due yet',
  ofHealth(...waits),
  (protection, { now, random }) => neverBackedUp(protection, now - (1 + random.int(6)) * hour),
);

const firstOverdue = [endangers('health-initial-backup'), clouds('health-last-backup')];

/** Protected many days ago, and never backed up since. */
export const firstBackupOverdue = protectionPlant(
  'first backup overdue',
  ofHealth(...firstOverdue),
  // Longer than a weekly policy allows, and recent enough for Resource Graph to show the job that enabled protection.
  (protection, { now, random }) => neverBackedUp(protection, now - (10 + random.int(3)) * day),
);

/** Around the limit of a first backup: 24 h + 2 h + 48 h for a daily policy. */
function waiting(words: string, signs: readonly Sign[], minutes: number): Plant {
  return protectionPlant(words, ofPolicyToo(...signs), (protection, garden, plan) => {
    follow(plan, 'enhanced', garden);
    neverBackedUp(protection, garden.now - minutes * minute);
  });
}

const firsts: readonly Plant[] = [
  waiting('first backup awaited for 73 h 59 min', waits, 74 * 60 - 1),
  waiting('first backup awaited for 74 h 1 min', firstOverdue, 74 * 60 + 1),
];

/** An older vault protects the VM as well. */
export const itemInTwoVaults = protectionPlant(
  'protected in two vaults',
  { touches: ['health', 'place'], signs: [blocks('vault-single-protection')] },
  (protection) => {
    protection.isTwofold = true;
  },
);

/** The protected item was deleted some days ago and can still be brought back. */
export const softDeletedItem = protectionPlant(
  'protected item soft-deleted',
  { touches: ['health', 'policy', 'place'], signs: [blocks('vault-item-soft-deleted')] },
  (protection, { now, random }) => {
    protection.state = 'ProtectionStopped';
    protection.softDeletedAt = now - (1 + random.int(12)) * day - random.int(20) * hour;
    backedUpAt(protection, lastRunBy(protection.policy, protection.softDeletedAt));
  },
);

/** Decoy: a soft-deleted item in an old vault, beside the live one. */
const deletedElsewhere = protectionPlant(
  'decoy: a soft-deleted item beside the live one',
  { touches: ['health', 'place'] },
  (protection, { now }, plan) => {
    protection.isTwofold = true;
    plan.edits.push(({ items }) => {
      const old = first(items.slice(1));
      put(old, 'properties.isScheduledForDeferredDelete', true);
      put(old, 'properties.deferredDeleteTimeInUTC', instant(now - 3 * day));
      put(old, 'properties.protectionState', 'ProtectionStopped');
    });
  },
);

/** Decoy: the item writes the id of its vault in capitals. */
export const respeltVaultId = protectionPlant('decoy: vault id differs only in case', health, (protection) => {
  protection.isVaultIdRespelt = true;
});

/** Decoy: the item writes the id of its VM in another case. */
const respeltSource = protectionPlant('decoy: the item writes the id of the VM in capitals', health, (_, __, plan) => {
  plan.edits.push(({ vm, items }) => {
    for (const item of items) put(item, 'properties.sourceResourceId', vm.id.toUpperCase());
  });
});

/** The pre-check of Azure Backup asks for something. */
function preCheck(
  words: string,
  signs: readonly Sign[],
  status: string | null,
  code?: readonly [number, string],
): Plant {
  return protectionPlant(words, ofHealth(...signs), (_, __, plan) => {
    const [number, title] = code ?? [400_000, 'UserErrorSomethingToDo'];
    const message = 'The next backup needs your attention.';
    const details = { code: number, title, message, recommendations: ['Read the details.'] };
    plan.edits.push(({ items }) => {
      for (const item of items) {
        put(item, 'properties.healthDetails', status?.startsWith('Action') ? [details] : []);
        if (status === null) drop(item, 'properties.healthStatus');
        else put(item, 'properties.healthStatus', status);
      }
    });
  });
}

const asksForAction = endangers('health-precheck');
const preChecks: readonly Plant[] = [
  preCheck('pre-check asks for action', [asksForAction], 'ActionRequired'),
  preCheck('pre-check suggests an action', [notes('health-precheck')], 'ActionSuggested'),
  preCheck('pre-check invalid', [clouds('health-precheck')], 'Invalid'),
  preCheck('no pre-check reported', [clouds('health-precheck')], null),
  preCheck(
    'pre-check reports a VSS writer in a bad state',
    [asksForAction, notes('guest-hidden-prerequisites')],
    'ActionRequired',
    [400_001, 'ExtensionFailedVssWriterInBadState'],
  ),
];

const inconsistent = (words: string, path: string, value: unknown): Plant =>
  protectionPlant(words, ofHealth(notes('health-policy-consistent')), (_, __, plan) => {
    plan.edits.push(({ items }) => {
      for (const item of items) put(item, path, value);
    });
  });

/** Stopped, and let go of by its policy: only the company's RPO is left to compare with (ruling 36). */
const stoppedWithoutPolicy = protectionPlant(
  'protection stopped, and without a policy',
  ofPolicyToo(endangers('health-protection-state'), endangers('health-rpo'), notes('health-policy-consistent')),
  (protection, { now }, plan) => {
    protection.state = 'ProtectionStopped';
    backedUpAt(protection, lastRunBy(protection.policy, now - 40 * day));
    plan.edits.push(({ items }) => {
      for (const item of items) {
        put(item, 'properties.policyId', '');
        put(item, 'properties.policyName', '');
      }
    });
  },
);

/** Everything about the items of VMs: their state, their points, their first backup. */
export const protectionPlants: readonly Plant[] = [
  stoppedProtection,
  protectionError,
  invalidState,
  ...otherStates,
  overdueRecoveryPoint,
  ...ages,
  pointInFuture,
  firstBackupNotDue,
  firstBackupOverdue,
  ...firsts,
  itemInTwoVaults,
  softDeletedItem,
  deletedElsewhere,
  respeltVaultId,
  respeltSource,
  ...preChecks,
  inconsistent('item inconsistent with its policy', 'properties.extendedInfo.policyInconsistent', true),
  stoppedWithoutPolicy,
];
