import { randomUUID } from 'node:crypto';

import { TableServiceClient } from '@azure/data-tables';
import { onTestFinished } from 'vitest';

import { connect } from '../../lib/azure/connection.ts';
import { createTable } from '../../lib/azure/table.ts';
import type { RegisteredExemption } from '../../lib/domain/registered-exemption.ts';
import { createNotifications } from '../../lib/notifications.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { NotifierPorts, NotifyMessage } from '../../lib/use-cases/notification-ports.ts';
import { notifyDue } from '../../lib/use-cases/notify-due.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { recordOne } from '../../lib/use-cases/record.ts';
import { workOnNotification } from '../../lib/use-cases/work-on-notification.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { startWebhookReceiver } from '../../local/webhook-receiver.ts';
import type { ServiceWithStorage } from '../contract/service-with-storage.ts';
import { testEstate } from '../contract/test-estate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { ownEstate, standingClock } from './swept-estate.ts';

/** A message of the queue `notify`, and after how many seconds it is to come. */
interface SentMessage {
  readonly message: NotifyMessage;
  readonly at: number;
}

/** Which targets a test wants; both unless told otherwise. */
export interface NotifiedOptions {
  readonly estate?: Estate;
  readonly settings?: Readonly<Record<string, string>>;
  readonly targets?: readonly ('topic' | 'webhook')[];
}

/** The service with its targets, an outbox of its own, and the queue `notify` in the hand of the test. */
export async function notified(
  service: ServiceWithStorage,
  { estate = testEstate(), settings = {}, targets = ['topic', 'webhook'] }: NotifiedOptions = {},
) {
  const own = ownEstate(estate);
  const clock = standingClock();
  const receiver = await startWebhookReceiver();
  onTestFinished(() => receiver.close());
  const on = await service.on(own.estate, clock.now, settings);
  const config = {
    ...on.config,
    notifications: {
      ...on.config.notifications,
      ...(targets.includes('topic') ? { topic: on.azure.topic.url } : {}),
      ...(targets.includes('webhook') ? { webhook: { url: receiver.url, secrets: [receiver.secret] } } : {}),
    },
  };
  const sent: SentMessage[] = [];
  const poison: string[] = [];
  const lines: string[] = [];
  const send = async (message: NotifyMessage, seconds: number) => {
    sent.push({ message, at: clock.now().getTime() + seconds * 1000 });
  };
  const queues = {
    ...on.ports.queues,
    notify: send,
    wakeNotifier: (target: NotifyMessage['target']) => send({ target }, 5),
    putAside: async (_queue: string, text: string) => {
      poison.push(text);
    },
  };
  const connection = connect(config);
  const tableName = `n${randomUUID().replaceAll('-', '')}`;
  const table = createTable(config.storage.tableServiceUri, tableName, connection);
  const notifications = createNotifications(config, connection, { queues, clock: clock.now, table });
  const log: Ports['log'] = (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields }));
  const ports: Ports = {
    ...on.ports,
    log,
    transitions: notifications.ofTransitions(on.ports.transitions),
    runs: notifications.ofRuns(on.ports.runs),
  };
  const protections = notifications.ofProtections(on.protections);
  const notifier = notifications.notifier(ports, protections);

  /** Delivers the messages that are due within some minutes, the clock going along; those of later ones stay. */
  async function deliverFor(minutes = 0.1, as: NotifierPorts = notifier): Promise<void> {
    const until = clock.now().getTime() + minutes * 60_000;
    for (;;) {
      const [next] = sent.toSorted((a, b) => a.at - b.at);
      if (!next || next.at > until) break;
      sent.splice(sent.indexOf(next), 1);
      clock.pass(Math.max(0, next.at - clock.now().getTime()) / 60_000);
      await workOnNotification(as, config.notifications, next.message);
    }
    clock.pass((until - clock.now().getTime()) / 60_000);
  }

  /** Stores what a VM became, as an event would. */
  async function become(name: string, verdict: Evaluated['verdict'], change: Partial<Evaluated> = {}) {
    const { subscriptionId } = own;
    const blank = evaluatedRow({ subscriptionId, name });
    return recordOne(ports, blank, (stored) => ({
      ...blank,
      verdict,
      evidenceAt: clock.now().toISOString(),
      revision: (stored?.revision ?? 0) + 1,
      fingerprint: randomUUID(),
      ...change,
    }));
  }

  return {
    ...own,
    ...on,
    config,
    clock,
    receiver,
    topic: on.azure.topic,
    ports,
    protections,
    notifier,
    sent,
    poison,
    lines,
    keyOf: (name: string) => evaluatedRow({ subscriptionId: own.subscriptionId, name }).vmKey,
    tableName,
    /** The names of all tables. */
    async tables(): Promise<readonly (string | undefined)[]> {
      const client = new TableServiceClient(config.storage.tableServiceUri, connection.credential);
      return (await Array.fromAsync(client.listTables())).map(({ name }) => name);
    },
    deliverFor,
    become,
    /** The timer comes; the register holds these exemptions. */
    due: (noticeDays = 14, exemptions: readonly RegisteredExemption[] = []) =>
      notifyDue(
        { ...notifier, exemptions: { all: () => Promise.resolve(exemptions) } },
        { ...config.notifications, noticeDays },
      ),
  };
}

export type Notified = Awaited<ReturnType<typeof notified>>;
