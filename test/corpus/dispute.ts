import * as z from 'zod';

import { type Point, verdictOfSweep, verdictOnRequest } from './comparison.ts';

const where = { file: z.string().min(1), vm: z.string().startsWith('/'), why: z.string().min(15) };

/**
 * A label of which we are sure that it contradicts the rules or a ruling: what it says of one rule, or its verdict. Then
 * `verdict` is the one that Backstop gives.
 */
const Dispute = z.union([
  z.strictObject({ ...where, rule: z.string().min(1) }),
  z.strictObject({ ...where, verdict: z.string().min(1) }),
]);
export type Dispute = z.infer<typeof Dispute>;

/** Reads the list of disputes; throws where an entry has not this form. */
export function readDisputes(document: unknown): readonly Dispute[] {
  return z.array(Dispute).parse(document);
}

function isAbout(dispute: Dispute, point: Point): boolean {
  if (dispute.file !== point.file || dispute.vm.toLowerCase() !== point.vm.toLowerCase()) {
    return false;
  }
  return 'rule' in dispute
    ? dispute.rule === point.about
    : dispute.verdict === point.found && [verdictOnRequest, verdictOfSweep].includes(point.about);
}

/** The dispute that explains a wrong point, if there is one. */
export function disputeOf(point: Point, disputes: readonly Dispute[]): Dispute | undefined {
  return point.isRight ? undefined : disputes.find((dispute) => isAbout(dispute, point));
}

function nameOf(dispute: Dispute): string {
  return `${dispute.file}, ${dispute.vm}, ${'rule' in dispute ? dispute.rule : dispute.verdict}`;
}

/**
 * Disputes that explain nothing, each with what is wrong with it. Of other estates than ours nothing is known to the list:
 * there a dispute whose VM was not judged is none of theirs.
 */
export function idleDisputes(
  disputes: readonly Dispute[],
  points: readonly Point[],
  estates: 'our own' | 'others',
): readonly string[] {
  const judged = new Set(points.map(({ file, vm }) => `${file} ${vm.toLowerCase()}`));
  return disputes
    .filter((dispute) => !points.some((point) => disputeOf(point, [dispute])))
    .flatMap((dispute) => {
      if (judged.has(`${dispute.file} ${dispute.vm.toLowerCase()}`)) {
        return [`${nameOf(dispute)}: label and Backstop no longer disagree in this.`];
      }
      return estates === 'our own' ? [`${nameOf(dispute)}: there is no such VM with a label.`] : [];
    });
}
