import { app as backstop } from '../lib/app.ts';
import type { Visible } from '../lib/domain/caller.ts';
import { dayOf } from '../lib/domain/day.ts';
import { type PostureReport, reportPosture } from '../lib/use-cases/report-posture.ts';
import { completenessInPart } from '../lib/use-cases/seen-in-part.ts';
import { operation, reply } from './http/operation.ts';
import { PostureQuery, postureRequestOf } from './http/posture-query.ts';
import { route } from './http/route.ts';
import { PostureOfScope } from './http/schemas/posture.ts';
import { orUnknownScope, visibleScope } from './http/scope.ts';

/** A posture without the numbers of a sweep, which are of everything, for callers who may not see everything. */
function inSight(report: PostureReport, visible: Visible) {
  return visible ? { ...report, completeness: completenessInPart(report.completeness, visible) } : report;
}

/** Verdicts counted over everything in scope or a part of it, as a whole and in groups, now or over time. */
route({
  name: 'posture',
  path: 'posture',
  operations: [
    operation({
      method: 'GET',
      id: 'getPosture',
      summary: 'Verdicts counted over everything in scope or a part of it, as a whole and in groups, now or over time.',
      heading: 'Posture',
      role: 'Reader',
      forLimited: true,
      query: PostureQuery,
      answers: { 200: PostureOfScope },
      async handle({ query, caller }) {
        const { ports, config } = backstop();
        const { noticeDays } = config.exemptions;
        const request = { ...postureRequestOf(query, dayOf(ports.clock())), noticeDays };
        const asked = { ...request, ...visibleScope(caller, request) };
        const report = await orUnknownScope(reportPosture(ports, asked));
        return reply(200, inSight(report, caller.subscriptions));
      },
    }),
  ],
});
