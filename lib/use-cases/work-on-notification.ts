import * as z from 'zod';

import { notificationTargets } from '../domain/notification.ts';
import { deliver } from './deliver.ts';
import { TurnLost } from './delivery-turn.ts';
import { problemsOf } from './evaluate-message.ts';
import type { NotificationSettings, NotifierPorts } from './notification-ports.ts';
import { putAside } from './work-queue.ts';

const Message = z.strictObject({
  target: z.enum(notificationTargets),
  again: z
    .array(z.string().regex(/^[a-z0-9-]{1,200}$/))
    .max(100)
    .optional(),
  wakeAt: z.iso.datetime().optional(),
});

/** A message of the queue `notify`: sends what waits for a target. One from the poison queue brings back what was given up. */
export async function workOnNotification(
  ports: NotifierPorts,
  settings: Pick<NotificationSettings, 'source'>,
  raw: unknown,
): Promise<void> {
  const parsed = Message.safeParse(raw);
  if (!parsed.success) {
    return putAside(ports, 'notify', raw, problemsOf(parsed.error));
  }
  const { again, ...message } = parsed.data;
  if (again) {
    const count = await ports.outbox.bringBack(message.target, again, ports.clock().toISOString());
    ports.log('info', 'Notifications that were given up wait again.', { target: message.target, count });
  }
  try {
    await deliver(ports, settings, message);
  } catch (error) {
    if (!(error instanceof TurnLost)) {
      throw error;
    }
    ports.log('warn', 'Somebody else has taken the turn to send notifications.', { target: message.target });
  }
}
