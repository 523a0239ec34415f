import type { DequeuedMessageItem } from '@azure/storage-queue';

import type { TypedData } from '../app/contract.ts';
import type { Invocation } from '../invocation/invoke.ts';
import { dotnetDate, type Metadata, withLiftedProperties } from '../invocation/trigger-metadata.ts';

/** The bytes of a message; undefined when it should be base64 of UTF-8 text and is not. */
export function decodeMessage(text: string, encoding: 'base64' | 'none'): Buffer | undefined {
  if (encoding === 'none') return Buffer.from(text, 'utf8');
  const isBase64 = text.length % 4 === 0 && /^[a-z0-9+/]*={0,2}$/i.test(text);
  return isBase64 ? Buffer.from(text, 'base64') : undefined;
}

/** A received message as an invocation of its function. */
export function toMessageInvocation(message: DequeuedMessageItem, body: Buffer, isBinary: boolean): Invocation {
  const text = body.toString('utf8');
  const builtIn: Metadata = {
    QueueTrigger: { string: text },
    DequeueCount: { json: String(message.dequeueCount) },
    Id: { string: message.messageId },
    PopReceipt: { string: message.popReceipt },
    InsertionTime: instant(message.insertedOn),
    ExpirationTime: instant(message.expiresOn),
    NextVisibleTime: instant(message.nextVisibleOn),
  };
  return {
    reason: `New queue message detected. MessageId: ${message.messageId}, DequeueCount: ${message.dequeueCount}`,
    data: isBinary ? { bytes: body } : { string: text },
    metadata: isBinary ? builtIn : withLiftedProperties(builtIn, text),
  };
}

function instant(date: Date): TypedData {
  return { json: JSON.stringify(dotnetDate(date)) };
}
