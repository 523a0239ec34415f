import type { EstateResource } from '../../estates/estate.ts';
import type { Random } from '../../estates/random.ts';
import { containerOf } from '../arm-path.ts';
import { azureInstant } from '../azure-instant.ts';

/** The two envelopes in which Event Grid can deliver. */
export type EventSchema = 'eventgrid' | 'cloudevents';

/** A write or removal that succeeded, with what its event tells about it. */
export interface ResourceHappening {
  readonly kind: 'write' | 'delete';
  readonly resource: EstateResource;
  readonly url: string;
  readonly at: Date;
  readonly tenantId: string;
}

/** An event before it is put into an envelope. */
export interface ResourceEvent {
  readonly id: string;
  readonly subscriptionId: string;
  readonly operationName: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The event of Azure's system topic for a subscription. It does not tell creating from updating, and holds no resource. */
export function resourceEvent(happening: ResourceHappening, random: Random): ResourceEvent {
  const { kind, resource, tenantId } = happening;
  const { subscriptionId } = containerOf(resource.id);
  const operationName = `${resource.type}/${kind}`;
  const data = {
    authorization: { scope: resource.id, action: operationName, evidence: { role: 'Contributor' } },
    claims: claimsOf(tenantId, random),
    correlationId: random.guid(),
    httpRequest: {
      clientRequestId: random.guid(),
      clientIpAddress: '127.0.0.1',
      method: kind === 'write' ? 'PUT' : 'DELETE',
      url: happening.url,
    },
    resourceProvider: resource.type.split('/')[0],
    resourceUri: resource.id,
    operationName,
    status: 'Succeeded',
    subscriptionId,
    tenantId,
  };
  return {
    id: random.guid(),
    subscriptionId,
    operationName,
    type: `Microsoft.Resources.Resource${kind === 'write' ? 'Write' : 'Delete'}Success`,
    subject: resource.id,
    time: azureInstant(happening.at),
    data,
  };
}

/** Claims are personal data of whoever wrote; here of nobody. Receivers have to drop them. */
function claimsOf(tenantId: string, random: Random): Readonly<Record<string, string>> {
  return {
    aud: 'https://management.core.windows.net/',
    iss: `https://sts.windows.net/${tenantId}/`,
    name: 'Platform Engineer',
    'http://schemas.microsoft.com/claims/authnmethodsreferences': 'rsa,mfa',
    'http://schemas.microsoft.com/identity/claims/objectidentifier': random.guid(),
    'http://schemas.microsoft.com/identity/claims/tenantid': tenantId,
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'platform.engineer@example.com',
    ver: '1.0',
  };
}

/** The event as it travels. */
export function inEnvelope(event: ResourceEvent, schema: EventSchema): Readonly<Record<string, unknown>> {
  const { id, type, subject, time, data } = event;
  const source = `/subscriptions/${event.subscriptionId}`;
  return schema === 'eventgrid'
    ? { id, topic: source, subject, eventType: type, eventTime: time, data, dataVersion: '2', metadataVersion: '1' }
    : { id, source, subject, type, time, data, specversion: '1.0' };
}
