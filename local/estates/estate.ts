import * as z from 'zod';

/** One ARM resource of an estate: the full body as ARM keeps it, original case of the id included. */
export const EstateResource = z.looseObject({
  id: z.string().startsWith('/'),
  name: z.string().min(1),
  type: z.string().includes('/'),
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.looseObject({}),
  /** Only on VMs; stands beside `properties` and is given out only where Azure gives it out. */
  instanceView: z.looseObject({}).optional(),
});
export type EstateResource = z.infer<typeof EstateResource>;

const Subscription = z.looseObject({
  subscriptionId: z.guid(),
  displayName: z.string(),
  state: z.string(),
  managementGroupId: z.string().optional(),
});

/** A read that the simulated Azure refuses: every resource at or below `scope` whose read is `action`. */
const DeniedRead = z.strictObject({ scope: z.string().startsWith('/'), action: z.string().includes('/') });
export type DeniedRead = z.infer<typeof DeniedRead>;

const ExpectedVm = z.looseObject({
  verdict: z.string(),
  fail: z.array(z.string()),
  unknown: z.array(z.string()),
  info: z.array(z.string()).optional(),
  why: z.string(),
});

/** A small Azure, written down; with `expect` it is also a corpus. The format is `backstop-estate/1`. */
export const Estate = z.looseObject({
  format: z.literal('backstop-estate/1'),
  now: z.iso.datetime({ offset: true }),
  tenantId: z.guid(),
  subscriptions: z.array(Subscription).min(1),
  resources: z.array(EstateResource),
  denied: z.array(DeniedRead).default([]),
  settings: z.record(z.string(), z.unknown()).default({}),
  expect: z.looseObject({ vms: z.record(z.string(), ExpectedVm).default({}) }).optional(),
});
export type Estate = z.infer<typeof Estate>;
