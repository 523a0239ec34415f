import * as z from 'zod';

/** Problem details (RFC 9457). */
export const ProblemDetails = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    parameter: z.string().optional().describe('The parameter or field that makes no sense.'),
    retryAfterSeconds: z.number().optional().describe('After so many seconds it may be asked again.'),
    role: z.string().optional().describe('The app role that is needed.'),
    runId: z.string().optional().describe('The sweep that is running.'),
  })
  .meta({ id: 'Problem', description: 'What went wrong, and what to do about it (RFC 9457).' });
