import type { Said } from './judged-through.ts';

/** What a reader may rest on, the most first; nothing rests on not knowing. */
const fromBestToWorst: readonly Said['verdict'][] = [
  'excluded',
  'exempt',
  'protected',
  'pending',
  'protectable',
  'blocked',
  'at-risk',
  'undetermined',
  'tried again later',
];

/** A failure that is found where nothing could be told is no improvement: a fail suffices, whatever else is unknown. */
function isImprovement(before: Said['verdict'], after: Said['verdict']): boolean {
  const isFailureFound = before === 'undetermined' && (after === 'blocked' || after === 'at-risk');
  return fromBestToWorst.indexOf(after) < fromBestToWorst.indexOf(before) && !isFailureFound;
}

const isOpen = (said: Said, rule: string) => ['fail', 'unknown'].includes(said.findings.get(rule)?.outcome ?? '');

/** Rules about vaults form a funnel: behind the first that fails or cannot tell, the others do not apply. */
const isAboutVaults = (rule: string) => rule.startsWith('vault-');

/** Whether a rule is now put another question than before, or none: it may be content without being wrong. */
function isAnotherQuestion(rule: string, now: string, before: Said, after: Said): boolean {
  // Of a VM whose item is out of sight only that is unknown; the others judge it as one without an item (ruling 4).
  const isItemLost =
    !isOpen(before, 'health-protected') && after.findings.get('health-protected')?.outcome === 'unknown';
  const isBehind = now !== 'pass' && isAboutVaults(rule);
  return (
    isItemLost || (isBehind && [...after.findings.keys()].some((each) => isAboutVaults(each) && isOpen(after, each)))
  );
}

/**
 * What became better although less is known: the verdict, or a rule that failed or could not tell and now is content. A
 * rule without a finding is content: sweeps keep only what is open.
 */
export function wrongImprovements(before: Said, after: Said): readonly string[] {
  if (after.verdict === 'tried again later') {
    return [];
  }
  const isBetter = isImprovement(before.verdict, after.verdict);
  const isSettled = [before, after].some(({ verdict }) => verdict === 'exempt' || verdict === 'excluded');
  const open = isSettled ? [] : [...before.findings.values()].filter(({ rule }) => isOpen(before, rule));
  const content = open.flatMap(({ rule, outcome }) => {
    const now = after.findings.get(rule)?.outcome ?? 'nothing';
    const isStillOpen = now === 'fail' || now === 'unknown';
    // What could not be told before may turn out not to be asked.
    const mayBe =
      isStillOpen || (outcome === 'unknown' && now !== 'pass') || isAnotherQuestion(rule, now, before, after);
    return mayBe ? [] : [`${rule}: ${outcome} became ${now}`];
  });
  return [...(isBetter ? [`the verdict: ${before.verdict} became ${after.verdict}`] : []), ...content];
}

/** The verdict and the outcome of each rule: what does not depend on how an answer is written. */
function outcomesOf({ verdict, findings }: Said): readonly string[] {
  return [`the verdict: ${verdict}`, ...[...findings.values()].map(({ rule, outcome }) => `${rule}: ${outcome}`)];
}

/** In what two judgements differ. */
export function differences(before: Said, after: Said): readonly string[] {
  const [were, are] = [outcomesOf(before), outcomesOf(after)];
  return [
    ...were.filter((each) => !are.includes(each)).map((each) => `no longer ${each}`),
    ...are.filter((each) => !were.includes(each)).map((each) => `now ${each}`),
  ];
}
