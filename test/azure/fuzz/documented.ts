import type { Documented } from './breakage.ts';

const items = /protectioncontainers\/protecteditems'/;
const machines = /virtualMachines/i;

/** What Azure says by leaving something out, and where any text may stand. All of it is broken in the other ways. */
export const documented: readonly Documented[] = [
  { request: items, place: /lastRecoveryPoint$/, may: 'be absent', meaning: 'there is no recovery point' },
  { request: items, place: /policyId$/, may: 'be absent', meaning: 'protection was stopped (ruling 36)' },
  { request: items, place: /diskExclusion$/, may: 'be absent', meaning: 'all disks are included (ruling 26)' },
  { request: items, place: /isScheduledForDeferredDelete$/, may: 'be absent', meaning: 'the item is live' },
  {
    request: machines,
    place: /(allowExtensionOperations|osProfile)$/,
    may: 'be absent',
    meaning: 'extensions are allowed',
  },
  { request: machines, place: /priority$/, may: 'be absent', meaning: 'it is no spot VM' },
  { request: machines, place: /(tags|tags\.[^.]+)$/, may: 'be absent', meaning: 'the VM has no tags, or not this one' },
  { request: /disks/i, place: /maxShares$/, may: 'be absent', meaning: 'the disk is not shared' },
  { request: /./, place: /(location|name|displayName|message|displayStatus)$/, may: 'be any text', meaning: 'a name' },
  { request: /./, place: /tags\.[^.]+$/, may: 'be any text', meaning: 'whatever the organisation says by it' },
];
