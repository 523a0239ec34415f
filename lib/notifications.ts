import type { Connection } from './azure/connection.ts';
import { createTopicSender } from './azure/event-topic.ts';
import { createOutbox } from './azure/outbox-table.ts';
import type { JsonTable } from './azure/table.ts';
import { createWebhookSender } from './azure/webhook.ts';
import type { Config } from './config.ts';
import type { NotificationTarget } from './domain/notification.ts';
import {
  announcedProtections,
  announcedRuns,
  announcedTransitions,
  createAnnounce,
  targetsOf,
} from './use-cases/announce.ts';
import type { NotifierPorts, NotifyQueue, Send } from './use-cases/notification-ports.ts';
import type { Clock, Ports, Queues, Runs, Transitions } from './use-cases/ports.ts';
import type { Protections } from './use-cases/protector-ports.ts';

/** What announces, put together: what is stored elsewhere is noted on its way. */
export interface Notifications {
  ofTransitions(transitions: Transitions): Transitions;
  ofRuns(runs: Runs): Runs;
  ofProtections(protections: Protections): Protections;
  notifier(ports: Ports, protections: Protections): NotifierPorts;
}

/** The targets that are set, each with its way to send. The protector notes what it did, and sends nothing. */
function sendersOf(
  { app, notifications }: Config,
  connection: Connection,
  clock: Clock,
): ReadonlyMap<NotificationTarget, Send> {
  const { topic, webhook } = notifications;
  return new Map<NotificationTarget, Send>([
    ...(topic && app === 'evaluator' ? ([['topic', createTopicSender(topic, connection, clock)]] as const) : []),
    ...(webhook && app === 'evaluator'
      ? ([['webhook', createWebhookSender(webhook.url, webhook.secrets, clock)]] as const)
      : []),
  ]);
}

/** Puts notifications together. Without a target everything stays as it is, and nothing is stored. */
export function createNotifications(
  config: Config,
  connection: Connection,
  { queues, clock, table }: { queues: Queues & NotifyQueue; clock: Clock; table: JsonTable },
): Notifications {
  const settings = config.notifications;
  const outbox = createOutbox(table);
  const isOn = targetsOf(settings).length > 0;
  const announce = createAnnounce(outbox, queues, settings, clock);
  return {
    ofTransitions: (transitions) => (isOn ? announcedTransitions(transitions, announce, settings) : transitions),
    ofRuns: (runs) => (isOn ? announcedRuns(runs, announce) : runs),
    ofProtections: (protections) => (isOn ? announcedProtections(protections, announce) : protections),
    notifier: (ports, protections) => ({
      ...ports,
      queues,
      protections,
      outbox,
      targets: sendersOf(config, connection, clock),
    }),
  };
}
