import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { verdicts } from '../../../lib/domain/verdict.ts';
import { writeOcsf } from '../../../lib/reports/vms/ocsf.ts';
import { eventsOf, metadataOf } from '../../../lib/reports/vms/ocsf-event.ts';
import type { ReportedVm } from '../../../lib/reports/vms/report-source.ts';
import { complianceFindingSchema } from './ocsf-schema.ts';
import { completeHead, incompleteHead, sampleVm, sampleVms, sourceOf, textOf } from './sample.ts';

const validate = new Ajv2020({ allErrors: true }).compile(complianceFindingSchema);

/** What the schema has against an event. */
function faultsOf(event: unknown): readonly ErrorObject[] {
  return validate(event) ? [] : (validate.errors ?? []);
}

/** The events of a VM; its findings are those of a VM of the sample. */
function eventsFor(vm: ReportedVm) {
  return eventsOf(vm, metadataOf(completeHead), completeHead.ruleTitles);
}

describe('vms.ocsf.json', () => {
  it.each([
    ['complete', completeHead],
    ['incomplete', incompleteHead],
  ])('holds valid compliance findings after a run that is %s', async (_, head) => {
    const events: unknown[] = JSON.parse(await textOf(writeOcsf(sourceOf(sampleVms, head))));

    expect(events).toHaveLength(11);
    expect(events.flatMap(faultsOf)).toEqual([]);
  });

  it('is an empty list where there are no VMs', async () => {
    expect(JSON.parse(await textOf(writeOcsf(sourceOf([]))))).toEqual([]);
  });

  it('stays valid whatever VMs, owners and findings are called', () => {
    const findings = sampleVms.flatMap((vm) => vm.findings);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...verdicts), fc.subarray(findings), (...drawn) => {
        const [text, verdict, some] = drawn;
        const own = some.map((finding) => ({ ...finding, message: text }));

        const events = eventsFor(sampleVm(text, { owner: text, region: text, verdict, findings: own }));

        expect(events).toHaveLength(1 + own.length);
        expect(events.flatMap(faultsOf)).toEqual([]);
      }),
    );
  });

  it.each([
    ['protected', 'Pass', true],
    ['pending', 'Pass', true],
    ['at-risk', 'Fail', false],
    ['blocked', 'Fail', false],
    ['undetermined', 'Warning', undefined],
    ['exempt', 'Exempt', undefined],
    ['excluded', 'Exempt', undefined],
  ] as const)('tells a VM that is %s as %s', (verdict, status, isBackedUp) => {
    const [event] = eventsFor(sampleVm('web1', { verdict }));

    expect(event?.compliance.status).toBe(status);
    expect(event?.resources[0]).toEqual(
      isBackedUp === undefined
        ? expect.not.objectContaining({ is_backed_up: expect.anything() })
        : expect.objectContaining({ is_backed_up: isBackedUp }),
    );
  });

  it('tells what failed as Fail with its command, and what could not be read as Warning with its cause', () => {
    const [, web1] = sampleVms;
    expect.assert(web1);

    const [verdict, failed, unknown] = eventsFor(web1);

    expect(verdict?.compliance).toMatchObject({ status_id: 3, status_details: ['protectable'] });
    expect(failed?.compliance).toMatchObject({ status_id: 3, status_details: ['not-protected'] });
    expect(failed?.remediation?.desc).toContain('az backup protection enable-for-vm');
    expect(failed?.compliance.requirements).toContain('Evidence for NIST SP 800-53 Rev 5 CP-9 (direct)');
    expect(unknown?.compliance).toMatchObject({ status_id: 2, status_details: ['no-permission', expect.any(String)] });
  });

  it('says in every event what the run could not see', async () => {
    const events = JSON.parse(await textOf(writeOcsf(sourceOf())));

    for (const { metadata } of events) {
      expect(metadata.tags).toContainEqual({ name: 'run-complete', value: 'false' });
      expect(metadata.correlation_uid).toBe('20261120t0600-a');
    }
  });

  it('would be found out: the schema refuses what is not in it', () => {
    const [event] = eventsFor(sampleVm('web1'));
    expect.assert(event);
    const { time, ...timeless } = event;

    expect(faultsOf(timeless)).not.toEqual([]);
    expect(faultsOf({ ...event, unmapped: {} })).not.toEqual([]);
    expect(faultsOf({ ...event, severity_id: 7 })).not.toEqual([]);
    expect(faultsOf({ ...event, resources: [{}] })).not.toEqual([]);
  });
});
