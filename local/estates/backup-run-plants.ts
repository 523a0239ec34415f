import { day, hour, minute } from './instants.ts';
import { addJob } from './job-edits.ts';
import { type Plant, protectionPlant } from './plants.ts';
import { lastRunBy } from './policies.ts';
import { follow, lastRunWent } from './protection-plans.ts';
import { endangers, type Sign } from './truth.ts';

const failedLast = endangers('health-last-backup');
const health = { touches: ['health'] } as const;
const withGuest = { touches: ['health', 'guest'] } as const;
const ofPolicyToo = (...signs: readonly Sign[]) => ({ touches: ['health', 'policy'] as const, signs });

/** The last run failed; the one before was fine. */
export const lastBackupFailed = protectionPlant('last backup failed', ofPolicyToo(failedLast), (protection, { now }) =>
  lastRunWent(protection, 'Failed', now),
);

const lastRuns: readonly Plant[] = [
  protectionPlant('last backup completed with warnings', ofPolicyToo(failedLast), (protection, { now }) =>
    lastRunWent(protection, 'CompletedWithWarnings', now),
  ),
  protectionPlant('last backup cancelled', ofPolicyToo(failedLast), (protection, { now }) =>
    lastRunWent(protection, 'Cancelled', now),
  ),
  protectionPlant(
    'last two backups failed',
    ofPolicyToo(failedLast, endangers('health-rpo')),
    (protection, garden, plan) => {
      lastRunWent(protection, 'Failed', garden.now);
      const before = protection.lastPointAt ?? garden.now;
      protection.lastPointAt = before - day;
      addJob(plan, garden, { operation: 'Backup', status: 'Failed', startedAt: before, minutes: 20 });
    },
  ),
  protectionPlant('decoy: two nights failed, the last one completed', ofPolicyToo(), (_, garden, plan) => {
    follow(plan, 'enhanced', garden);
    for (const nights of [1, 2]) {
      const startedAt = lastRunBy('enhanced', garden.now - nights * day);
      addJob(plan, garden, { operation: 'Backup', status: 'Failed', startedAt, minutes: 20 });
    }
  }),
  protectionPlant('decoy: a restore failed, the last backup completed', health, (_, garden, plan) => {
    addJob(plan, garden, { operation: 'Restore', status: 'Failed', startedAt: garden.now - hour, minutes: 20 });
  }),
  // The agent is in order here: to one that is not, a running backup matters.
  protectionPlant('decoy: a backup is running, the last one completed', withGuest, (_, garden, plan) => {
    addJob(plan, garden, {
      operation: 'Backup',
      status: 'InProgress',
      startedAt: garden.now - 20 * minute,
      minutes: 0,
    });
  }),
];

/** Decoy for another VM: the namesake in the next group has no trouble, and this one has. */
const failingNamesake = protectionPlant(
  'last backup failed, while its namesake in another group is fine',
  { touches: ['health', 'policy', 'place', 'name'], signs: [failedLast] },
  (protection, garden, plan) => {
    const { earlier } = garden;
    lastRunWent(protection, 'Failed', garden.now);
    if (!earlier) return;
    plan.place = earlier.place;
    plan.name = earlier.name;
    plan.group = `${earlier.group}-twin`;
    garden.earlier = null;
  },
);

/** Everything about single runs of backups. */
export const backupRunPlants: readonly Plant[] = [lastBackupFailed, ...lastRuns, failingNamesake];
