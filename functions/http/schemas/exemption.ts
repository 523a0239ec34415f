import * as z from 'zod';

import {
  type ExemptionOfVm,
  exemptionCategories,
  exemptionOrigins,
  type RegisteredExemption,
} from '../../../lib/domain/registered-exemption.ts';
import type { ExemptionChange } from '../../../lib/use-cases/exemption-ports.ts';
import type { ListedExemption } from '../../../lib/use-cases/list-exemptions.ts';
import type { ImportedExemption } from '../../../lib/use-cases/list-imported-exemptions.ts';
import { Instant, Next, type Shape } from './shape.ts';

/** How an exemption stands. */
export const StateOfExemption = z.enum(['valid', 'expiring', 'expired', 'ended']);

const ofVm = {
  origin: z.enum(exemptionOrigins),
  name: z
    .string()
    .describe('Id in the register, the tag with its value, or the name of the exemption in Azure Policy.'),
  until: z.string().exactOptional().describe('The end as it was written; absent: none.'),
  endsAt: Instant.exactOptional(),
  reason: z.string().exactOptional(),
  owner: z.string().exactOptional(),
} satisfies Shape<ExemptionOfVm>;

/** By what a VM is exempt. */
export const ExemptionOfVmRow = z.object(ofVm).meta({ id: 'ExemptionOfVm', description: 'By what a VM is exempt.' });

const registered = {
  exemptionId: z.string(),
  scope: z.string().describe('ARM id of a VM, a resource group or a subscription.'),
  owner: z.string(),
  reason: z.string(),
  ticket: z.string().exactOptional(),
  category: z.enum(exemptionCategories),
  until: Instant.describe('From then on it no longer holds.'),
  endedAt: Instant.exactOptional().describe('When it was ended before its time.'),
  revision: z.number(),
  createdAt: Instant,
  createdBy: z.string(),
  changedAt: Instant,
  changedBy: z.string(),
} satisfies Shape<RegisteredExemption>;

const Registered = z.object(registered).meta({ id: 'RegisteredExemption' });

/** An exemption of the register, and how it stands. */
export const Listed = z
  .object({ ...registered, origin: z.literal('register'), state: StateOfExemption } satisfies Shape<ListedExemption>)
  .meta({ id: 'Exemption' });

const Imported = z
  .object({
    ...ofVm,
    vmId: z.string(),
    vmKey: z.string(),
    vmName: z.string(),
    state: StateOfExemption,
  } satisfies Shape<ImportedExemption>)
  .meta({ id: 'ImportedExemption' });

/** A page of the register, or of VMs that are exempt by a tag or by Azure Policy. */
export const ExemptionsPage = z
  .union([
    z.object({ exemptions: z.array(Listed), next: Next }),
    z.object({ exemptions: z.array(Imported), next: Next }),
  ])
  .meta({ id: 'ExemptionPage' });

/** An exemption with everything that was done to it. */
export const ExemptionWithChanges = z
  .object({
    exemption: Listed,
    changes: z.array(
      z.object({
        at: Instant,
        by: z.string(),
        what: z.enum(['created', 'changed', 'ended']),
        why: z.string().exactOptional(),
        exemption: Registered,
      } satisfies Shape<ExemptionChange>),
    ),
  })
  .meta({ id: 'ExemptionWithChanges' });

/** An exemption as it was written, and how many VMs are judged anew because of it. */
export const WrittenExemption = z.object({ exemption: Registered, vms: z.number() }).meta({ id: 'WrittenExemption' });
