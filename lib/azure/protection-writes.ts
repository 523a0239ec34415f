import type { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { createHttpHeaders, createPipelineRequest, isRestError, RestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';

import { known, type Source } from '../domain/fact.ts';
import { region, resourceGroupOf, subscriptionOf } from '../domain/ids.ts';
import type { OperationState, ProtectionWrites, WriteAnswer } from '../use-cases/protector-ports.ts';
import { pathOf } from './arm-client.ts';
import { createBackupClient } from './backup-client.ts';
import { type Connection, deadline, toldSeconds } from './connection.ts';
import { text } from './lenient.ts';
import { malformed, unknownFrom } from './unknown.ts';

/** Seconds between two questions about an operation where Azure does not say. */
const usualPause = 60;

/** A vault and what stands in it, by the parts of its id. */
function placeOf(id: string): { readonly subscription: string; readonly group: string; readonly vault: string } {
  const vault = /\/vaults\/([^/]+)/i.exec(id)?.[1];
  const [subscription, group] = [subscriptionOf(id), resourceGroupOf(id)];
  if (!vault || !subscription || !group) {
    throw new Error(`Not the id of a vault or of something in it: ${id}`);
  }
  return { subscription, group, vault };
}

/** Names of the container and the item of a VM, as Azure Backup makes them. */
function itemNames({ resourceGroup, name }: { readonly resourceGroup: string; readonly name: string }) {
  const own = `iaasvmcontainerv2;${resourceGroup};${name}`;
  return { container: `iaasvmcontainer;${own}`, item: `vm;${own}` };
}

/** Refusals after which the same request may succeed a little later: throttled, or something else is being done. */
function isForNow(status: number, code: string): boolean {
  return status === 429 || status === 503 || (status === 409 && !/ScopeLocked/i.test(code));
}

/** What became of a request that was not taken. An answer of 4xx proves that nothing was changed; silence proves nothing. */
function refusalOf(error: unknown): WriteAnswer {
  const { statusCode: status, code = '', response } = isRestError(error) ? error : {};
  const said = unknownFrom(error, 'Azure did not take the request').because.detail;
  if (status === undefined || (status >= 500 && status !== 503) || status === 408) {
    return { kind: 'unclear', message: said };
  }
  const message = error instanceof Error ? error.message.slice(0, 500) : said;
  const refused = { kind: 'refused', code: code || String(status), message } as const;
  return isForNow(status, code) ? { ...refused, later: toldSeconds(response) ?? usualPause } : refused;
}

const ErrorBody = z.looseObject({ error: z.looseObject({ code: text, message: text }).optional() });

/** Code and message of an answer that came without an error being thrown. */
function errorIn(body: string | null | undefined): {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
} {
  try {
    return ErrorBody.safeParse(JSON.parse(body || '{}')).data?.error ?? {};
  } catch {
    return {};
  }
}

function codeOf(body: string | null | undefined): string {
  return errorIn(body).code ?? '';
}

/** What became of a request whose answer came without an error being thrown. */
function refusalOfBody(status: number, body: string | null | undefined): WriteAnswer {
  const { code = String(status), message = '' } = errorIn(body);
  if (status >= 500 && status !== 503) {
    return { kind: 'unclear', message: `Azure answered ${status} ${code}.` };
  }
  const refused = { kind: 'refused', code, message: message.slice(0, 500) } as const;
  return isForNow(status, code) ? { ...refused, later: usualPause } : refused;
}

interface Answered {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
}

function answerOf({ status, headers }: Answered): WriteAnswer {
  if (status !== 202) {
    return { kind: 'done' };
  }
  const operationUrl = headers.get('azure-asyncoperation') ?? headers.get('location');
  return operationUrl
    ? { kind: 'accepted', operationUrl, retryAfterSeconds: Number(headers.get('retry-after')) || usualPause }
    : { kind: 'unclear', message: 'Azure accepted the request, but did not say where to ask for its end.' };
}

const Status = z.looseObject({
  status: z.string(),
  error: z.looseObject({ code: text, message: text }).nullish().catch(undefined),
});

function stateOf(raw: unknown): OperationState | undefined {
  const body = Status.safeParse(raw).data;
  switch (body?.status.toLowerCase()) {
    case undefined:
      return undefined;
    case 'succeeded':
    case 'partiallysucceeded':
      return { kind: 'done' };
    case 'failed':
    case 'canceled': {
      const { code = body?.status ?? '', message = '' } = body?.error ?? {};
      return { kind: 'failed', code, message: message.slice(0, 500) };
    }
    default:
      return { kind: 'under-way' };
  }
}

/** Days for which the template keeps daily points. */
const keptDays = 30;

/** A daily Enhanced policy: at 22:00 UTC, kept for 30 days, snapshots for 7. It is what `templatePolicy` says. */
const template = {
  backupManagementType: 'AzureIaasVM',
  policyType: 'V2',
  instantRpRetentionRangeInDays: 7,
  timeZone: 'UTC',
  schedulePolicy: {
    schedulePolicyType: 'SimpleSchedulePolicyV2',
    scheduleRunFrequency: 'Daily',
    dailySchedule: { scheduleRunTimes: [new Date('2026-01-01T22:00:00Z')] },
  },
  retentionPolicy: {
    retentionPolicyType: 'LongTermRetentionPolicy',
    dailySchedule: {
      retentionTimes: [new Date('2026-01-01T22:00:00Z')],
      retentionDuration: { count: keptDays, durationType: 'Days' },
    },
  },
} as const;

const vaultBody = (location: string) => ({
  location,
  sku: { name: 'RS0', tier: 'Standard' },
  properties: {
    publicNetworkAccess: 'Disabled',
    redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant' },
    securitySettings: { softDeleteSettings: { softDeleteState: 'Enabled', softDeleteRetentionPeriodInDays: 14 } },
  },
});
const vaultVersion = '2025-08-01';

const StandingVault = z.looseObject({
  location: z.string(),
  properties: z.looseObject({ provisioningState: z.literal('Succeeded') }),
});
const StandingPolicy = z.looseObject({
  properties: z.looseObject({
    policyType: z.literal('V2'),
    retentionPolicy: z.looseObject({
      dailySchedule: z.looseObject({
        retentionDuration: z.looseObject({ count: z.number().min(keptDays), durationType: z.literal('Days') }),
      }),
    }),
  }),
});

/** Somebody made it meanwhile: another attempt, which made the same, or a person, whose vault or policy is not touched. */
function isVaultAsWanted(body: unknown, where: string): boolean {
  const vault = StandingVault.safeParse(body).data;
  return vault !== undefined && region(vault.location) === region(where);
}

function isPolicyAsWanted(body: unknown): boolean {
  return StandingPolicy.safeParse(body).success;
}

const otherStands: WriteAnswer = {
  kind: 'refused',
  code: 'OtherStands',
  message: 'Another one of that name stands by now, and is not changed.',
};

/** Every request that changes Azure. No other file of the service sends one; `test/architecture.test.ts` sees to it. */
export function createProtectionWrites(connection: Connection, apiVersion: string, now: () => Date): ProtectionWrites {
  const source = (where: string): Source => ({ where, readAt: now().toISOString() });

  /** Without retries: each request is sent once, so that what was stored before it stays true. */
  function once(id: string): RecoveryServicesBackupClient {
    return createBackupClient(connection, placeOf(id).subscription, { apiVersion, maxRetries: 0 });
  }

  /** Sends one request; the SDK resolves a 202 as if it were the end, so the answer is looked at itself. */
  async function send(request: (onResponse: (response: Answered) => void) => Promise<unknown>): Promise<WriteAnswer> {
    let answered: Answered | undefined;
    try {
      await request((response) => {
        answered = response;
      });
    } catch (error) {
      return refusalOf(error);
    }
    return answered ? answerOf(answered) : { kind: 'unclear', message: 'Azure did not answer.' };
  }

  /** Creates what is absent; what stands will do, or is refused, and is not changed. */
  async function unlessStanding(
    id: string,
    version: string,
    isWanted: (body: unknown) => boolean,
    create: () => Promise<WriteAnswer>,
  ): Promise<WriteAnswer> {
    const standing = await standingAt(id, version);
    if (standing === 'absent') {
      return create();
    }
    if ('kind' in standing) {
      return standing;
    }
    return isWanted(standing.body) ? { kind: 'done' } : otherStands;
  }

  /** What stands at an id: a PUT would change it. */
  async function standingAt(id: string, version: string): Promise<'absent' | { readonly body: unknown } | WriteAnswer> {
    const url = `${connection.endpoint}${pathOf(id)}?api-version=${version}`;
    try {
      const { status, bodyAsText } = await once(id).sendRequest(
        createPipelineRequest({ url, method: 'GET', abortSignal: deadline() }),
      );
      if (status === 404) {
        return 'absent';
      }
      return status < 300 ? { body: JSON.parse(bodyAsText ?? 'null') } : refusalOfBody(status, bodyAsText);
    } catch (error) {
      return refusalOf(error);
    }
  }

  const headersOf = (clientRequestId: string) => ({
    requestOptions: { customHeaders: { 'x-ms-client-request-id': clientRequestId } },
  });

  return {
    async preValidate(vm, where, vaultId) {
      try {
        const backup = createBackupClient(connection, vm.subscriptionId, { apiVersion });
        const answer = await backup.protectionIntentOperations.validate(
          where,
          { resourceType: 'VM', resourceId: vm.id, vaultId, properties: '' },
          { abortSignal: deadline() },
        );
        const { status, errorCode = '', errorMessage = '', recommendation = '' } = answer;
        if (!status) {
          return malformed(`The pre-validation of ${vm.name}`);
        }
        const message = [errorMessage, recommendation].filter(Boolean).join(' ').slice(0, 500);
        return known(
          { isFine: status === 'Succeeded', code: errorCode, message },
          source('Azure Backup, pre-validation'),
        );
      } catch (error) {
        return unknownFrom(error, `Whether ${vm.name} can be protected could not be asked`);
      }
    },
    protect({ vm, vaultId, policyId, clientRequestId, diskExclusion }) {
      const { group, vault } = placeOf(vaultId);
      const { container, item } = itemNames(vm);
      const exclusion = diskExclusion && {
        extendedProperties: {
          diskExclusionProperties: {
            diskLunList: [...diskExclusion.luns],
            isInclusionList: diskExclusion.isInclusionList,
          },
        },
      };
      return send((onResponse) =>
        once(vaultId).protectedItems.createOrUpdate(
          vault,
          group,
          'Azure',
          container,
          item,
          {
            properties: {
              protectedItemType: 'Microsoft.Compute/virtualMachines',
              sourceResourceId: vm.id,
              policyId,
              ...exclusion,
            },
          },
          { abortSignal: deadline(), onResponse, ...headersOf(clientRequestId) },
        ),
      );
    },
    async operation(url) {
      if (!url.startsWith(`${connection.endpoint}/`)) {
        return malformed('The address of an operation');
      }
      try {
        const backup = createBackupClient(connection, subscriptionOf(new URL(url).pathname) ?? '');
        const request = createPipelineRequest({ url, method: 'GET', abortSignal: deadline() });
        const response = await backup.sendRequest(request);
        const { status, bodyAsText } = response;
        if (status >= 300) {
          // Sent by hand, an answer is no error by itself.
          throw new RestError(`Azure answered ${status}`, {
            statusCode: status,
            code: codeOf(bodyAsText),
            request,
            response,
          });
        }
        const state = status === 200 ? stateOf(JSON.parse(bodyAsText ?? 'null')) : ({ kind: 'under-way' } as const);
        return state ? known(state, source('Azure Backup, operation')) : malformed('The operation');
      } catch (error) {
        return unknownFrom(error, 'The operation could not be asked about');
      }
    },
    backUpNow(itemId, clientRequestId) {
      const { group, vault } = placeOf(itemId);
      const [, container = '', item = ''] =
        /\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i.exec(itemId) ?? [];
      return send((onResponse) =>
        once(itemId).backups.trigger(
          vault,
          group,
          'Azure',
          container,
          item,
          { properties: { objectType: 'IaasVMBackupRequest' } },
          { abortSignal: deadline(), onResponse, ...headersOf(clientRequestId) },
        ),
      );
    },
    createVault(vaultId, where) {
      const isWanted = (body: unknown) => isVaultAsWanted(body, where);
      return unlessStanding(vaultId, vaultVersion, isWanted, async () => {
        const request = createPipelineRequest({
          url: `${connection.endpoint}${pathOf(vaultId)}?api-version=${vaultVersion}`,
          method: 'PUT',
          headers: createHttpHeaders({ 'content-type': 'application/json' }),
          body: JSON.stringify(vaultBody(where)),
          abortSignal: deadline(),
        });
        try {
          const { status, headers, bodyAsText } = await once(vaultId).sendRequest(request);
          return status < 300 ? answerOf({ status, headers }) : refusalOfBody(status, bodyAsText);
        } catch (error) {
          return refusalOf(error);
        }
      });
    },
    createPolicy(policyId) {
      const { group, vault } = placeOf(policyId);
      const name = policyId.split('/').at(-1) ?? '';
      return unlessStanding(policyId, apiVersion, isPolicyAsWanted, () =>
        send((onResponse) =>
          once(policyId).protectionPolicies.createOrUpdate(
            vault,
            group,
            name,
            { properties: structuredClone(template) as never },
            { abortSignal: deadline(), onResponse },
          ),
        ),
      );
    },
  };
}
