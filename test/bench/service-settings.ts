/** How the service under measurement is started: the memory setting of the smallest instance goes here. */
const nodeOptions = '--max-old-space-size=300 --max-semi-space-size=16';

/** Settings of the service that a benchmark depends on. */
export const settleSeconds = 1;

/** App settings of the service under measurement. */
export const serviceSettings: Readonly<Record<string, string>> = {
  NODE_OPTIONS: nodeOptions,
  BACKSTOP_SETTLE_SECONDS: String(settleSeconds),
  // A snapshot of the evidence would be taken right behind a sweep, beside what is measured next.
  BACKSTOP_EVIDENCE: 'false',
};
