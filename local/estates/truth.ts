/** How a planted fact bears on the verdict of its VM (verdicts.md, section 2); most findings do not. */
type Bearing =
  /** Stands in the way of a VM without an item. */
  | 'blocks'
  /** A blocker that cannot be told: the VM without an item is undetermined. */
  | 'veils'
  /** The backups of a VM with an item are in trouble. */
  | 'endangers'
  /** The health of the backups cannot be told. */
  | 'clouds'
  /** The first backup is not due yet. */
  | 'waits'
  /** Whether an item exists cannot be told. */
  | 'blinds'
  | 'exempts'
  | 'excludes';

/** One right answer about one VM: which list of its label names which rule, and what that means for the verdict. */
export type Sign = {
  readonly rule?: string;
  readonly list?: 'fail' | 'unknown' | 'info' | 'open';
  readonly bearing?: Bearing;
};

/** A blocker of the categories vault, limitation, policy or governance fails. */
export const blocks = (rule: string): Sign => ({ rule, list: 'fail', bearing: 'blocks' });
/** A rule fails that does not decide the verdict. */
export const warns = (rule: string): Sign => ({ rule, list: 'fail' });
/** A rule of backup health fails. */
export const endangers = (rule: string): Sign => ({ rule, list: 'fail', bearing: 'endangers' });
/** A rule of severity info fails. */
export const notes = (rule: string): Sign => ({ rule, list: 'info' });
/** A warning cannot be told. */
export const unclear = (rule: string): Sign => ({ rule, list: 'unknown' });
/** A blocker cannot be told. */
export const veils = (rule: string): Sign => ({ rule, list: 'unknown', bearing: 'veils' });
/** A rule of backup health cannot be told. */
export const clouds = (rule: string): Sign => ({ rule, list: 'unknown', bearing: 'clouds' });
/** The references leave the answer of this rule open here: it is not compared. */
export const leavesOpen = (rule: string): Sign => ({ rule, list: 'open' });
/** As `leavesOpen`, but whatever it is called, nothing can be protected here. */
export const blocksSomehow = (rule: string): Sign => ({ rule, list: 'open', bearing: 'blocks' });
/** The first backup is not due yet, so neither it nor a last backup can be told. */
export const waits: readonly Sign[] = [
  { rule: 'health-initial-backup', list: 'unknown', bearing: 'waits' },
  { rule: 'health-last-backup', list: 'unknown', bearing: 'waits' },
];
/** Not all protected items could be read (rulings 3 and 4). */
export const blinds: readonly Sign[] = [{ bearing: 'blinds' }];
/** Somebody has decided that the VM needs no backup. */
export const exempts: readonly Sign[] = [{ bearing: 'exempts' }];
/** A platform rebuilds the VM. */
export const excludes: readonly Sign[] = [{ bearing: 'excludes' }];

/** The right answers about one VM, as estate files have them (verdicts.md, section 3), complete also for `info`. */
export type Truth = {
  readonly verdict: string;
  readonly fail: string[];
  readonly unknown: string[];
  readonly info: string[];
  /** Rules whose answer the references leave open here; absent when there are none. */
  readonly open?: string[];
  readonly why: string;
};

/** A right answer about a resource that is no VM, given after two complete sweeps. */
export type ResourceTruth = {
  readonly resourceId: string;
  readonly rule: string;
  readonly list: 'fail' | 'unknown';
};

const blindRules = ['health-protected', 'vault-item-soft-deleted', 'vault-single-protection'];
const exemptionRule = 'gov-exclusion-tag';
const exclusionRule = 'gov-platform-managed-vm';

/** The label of a VM: the union of what was planted, minus what a decision about the VM or a closed vault masks. */
export function truthOf(hasItem: boolean, signs: readonly Sign[], why: string): Truth {
  const bears = (bearing: Bearing) => signs.some((sign) => sign.bearing === bearing);
  if (bears('excludes')) return { verdict: 'excluded', ...noLists, info: [exclusionRule], why };
  const rules = (list: Sign['list']) => {
    const named = signs.flatMap((sign) => (sign.list === list && sign.rule ? sign.rule : []));
    return [...new Set(named)].toSorted();
  };
  const opened = (among: readonly string[]) => (among.length > 0 ? { open: [...among] } : {});
  if (bears('exempts')) {
    const ofExemption = (list: Sign['list']) => rules(list).filter((rule) => rule === exemptionRule);
    return { verdict: 'exempt', ...noLists, info: ofExemption('info'), ...opened(ofExemption('open')), why };
  }
  const isBlind = bears('blinds');
  const absent = isBlind || hasItem ? [] : ['health-protected'];
  return {
    verdict: verdictOf(hasItem, isBlind, bears),
    fail: [...absent, ...rules('fail')].toSorted(),
    unknown: [...(isBlind ? blindRules : []), ...rules('unknown')].toSorted(),
    info: rules('info'),
    ...opened(rules('open')),
    why,
  };
}

const noLists = { fail: [], unknown: [], info: [] };

function verdictOf(hasItem: boolean, isBlind: boolean, bears: (bearing: Bearing) => boolean): string {
  if (isBlind) return 'undetermined';
  if (hasItem) {
    if (bears('endangers')) return 'at-risk';
    if (bears('clouds')) return 'undetermined';
    return bears('waits') ? 'pending' : 'protected';
  }
  if (bears('blocks')) return 'blocked';
  return bears('veils') ? 'undetermined' : 'protectable';
}
