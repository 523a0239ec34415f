import type { ServerItem } from '../../domain/backup-engine.ts';
import { cannotTell, notApplicable } from '../../domain/rule.ts';
import { isInstalled } from '../../domain/server-kind.ts';
import { silentAfterHours } from '../../domain/server-operations.ts';
import { defineServerRule } from '../../domain/server-rule.ts';
import { hoursSince } from '../../domain/time.ts';
import { isWord } from '../../domain/word.ts';

/** A day's backup, before its grace. */
const dailyHours = 24;
/** So many items are named in a sentence; the others are counted. */
const mostNamed = 5;

type Health = 'healthy' | 'failing' | 'stale';

function healthOf({ protectionState, latestPoint, refreshedAt }: ServerItem, graceHours: number, now: Date): Health {
  const sinceTold = refreshedAt === undefined ? undefined : hoursSince(refreshedAt, now);
  if (sinceTold === undefined || sinceTold > silentAfterHours) {
    return 'stale';
  }
  const sincePoint = latestPoint === undefined ? undefined : hoursSince(latestPoint, now);
  const isRecent = sincePoint !== undefined && sincePoint <= dailyHours + graceHours;
  return isWord(protectionState, 'Protected') && isRecent ? 'healthy' : 'failing';
}

function inWords({ name, protectionState = 'state not told', latestPoint = 'none' }: ServerItem): string {
  return `${name} (${protectionState}, last point ${latestPoint})`;
}

function named(items: readonly ServerItem[]): string {
  const words = items.slice(0, mostNamed).map(inWords).join('; ');
  return items.length > mostNamed ? `${words}; and ${items.length - mostNamed} more` : words;
}

export const mabsItemHealth = defineServerRule({
  id: 'mabs-item-health',
  title: 'What the server protects has recent recovery points',
  category: 'backup-health',
  severity: 'warning',
  rationale:
    'The vault knows of each item that a server sends to Azure: its state, and the newest point on the server. A daily point is expected, with the same grace as for VMs; what was told more than 24 hours ago says nothing about today.',
  sources: ['ARM type definitions of recoveryservicesbackup, 2026-07-01'],
  reviewed: '2026-11-22',
  needs: { engine: () => ({}), items: (items) => ({ items: items.length }) },
  pass: { Healthy: 'All {count} items of {server} in the vault have recent recovery points.' },
  fail: { Unhealthy: '{failing} of {count} items of {server} are not healthy: {items}.' },
  remedies: {
    Unhealthy: {
      text: 'Look at the jobs of these items in the console of {server}, and at their error codes.',
      commands: ['az rest --method get --url {itemsUrl}'],
    },
  },
  concerns: isInstalled,
  check({ engine, items }, { now, settings }) {
    if (engine === 'planned') {
      return notApplicable('The server is not installed yet.');
    }
    const server = engine.hostName;
    if (items.length === 0) {
      return notApplicable(`The vault holds no item of ${server}.`);
    }
    const judged = Map.groupBy(items, (item) => healthOf(item, settings.rpoGraceHoursDaily, now));
    const failing = judged.get('failing') ?? [];
    const count = String(items.length);
    if (failing.length > 0) {
      const details = { server, count, failing: String(failing.length), items: named(failing) };
      return { kind: 'fail', reason: 'Unhealthy', details };
    }
    const stale = judged.get('stale') ?? [];
    return stale.length > 0
      ? cannotTell(
          'not-reported',
          `Of ${stale.length} of ${count} items ${server} told nothing in the last day: ${named(stale)}.`,
        )
      : { kind: 'pass', reason: 'Healthy', details: { server, count } };
  },
});
