import type { NoticeAbout } from '../domain/notification.ts';
import type { Evaluated } from './evaluated.ts';
import type { NotifierPorts, Waiting } from './notification-ports.ts';
import { firstCommand } from './vm-notice.ts';

/** What became of what was noted. `not-yet`: it is being stored, or its writer was killed. */
type Standing = 'stands' | 'not-yet' | 'overtaken';

/** For so long a writer may take to store what it has noted; if it does it later, it notes it again. */
const minutesToStore = 10;

/** What has waited for a week is no news: its target was taken out of the settings, and set again. */
const minutesOfNews = 7 * 24 * 60;

/** A row under the noted revision with another verdict was written by somebody else, who has noted that one. */
function standingOfVm(row: Evaluated | undefined, { revision, to }: Extract<NoticeAbout, { what: 'vm' }>): Standing {
  if (!row || row.revision < revision) {
    return 'not-yet';
  }
  return row.revision === revision && (row.goneAt !== undefined || row.verdict !== to) ? 'overtaken' : 'stands';
}

type StandingPorts = Pick<NotifierPorts, 'evaluations' | 'runs' | 'protections' | 'clock'>;

async function ofAttempt(
  { protections }: StandingPorts,
  { vmKey, number, state }: Extract<NoticeAbout, { what: 'attempt' }>,
): Promise<Standing> {
  const attempts = await protections.of(vmKey);
  const attempt = attempts.find(({ value }) => value.number === number)?.value;
  if (attempt?.state === state) {
    return 'stands';
  }
  return attempt && ['enabled', 'refused', 'failed', 'abandoned'].includes(attempt.state) ? 'overtaken' : 'not-yet';
}

/** The notification as it is sent, if what it says was stored; `undefined` in its place if it was not, or not yet. */
export async function stillStands(
  ports: StandingPorts,
  waiting: Waiting,
): Promise<{ readonly standing: Standing; readonly waiting: Waiting }> {
  const { notice, notedAt } = waiting;
  const answer = await standingOf(ports, waiting);
  const minutes = (ports.clock().getTime() - Date.parse(notedAt)) / 60_000;
  const isLate = minutes > (answer.standing === 'not-yet' ? minutesToStore : minutesOfNews);
  const standing = isLate ? 'overtaken' : answer.standing;
  const data = answer.command === undefined ? notice.data : { ...notice.data, command: answer.command };
  return { standing, waiting: { notedAt, notice: { ...notice, data } } };
}

async function standingOf(
  ports: StandingPorts,
  { notice: { about } }: Waiting,
): Promise<{ readonly standing: Standing; readonly command?: string | undefined }> {
  switch (about.what) {
    case 'vm': {
      const row = (await ports.evaluations.find(about.subscriptionId, about.vmKey))?.value;
      return { standing: standingOfVm(row, about), command: row && firstCommand(row, about.revision) };
    }
    case 'run': {
      const run = await ports.runs.find(about.runId);
      return { standing: run?.finishedAt ? 'stands' : 'not-yet' };
    }
    case 'attempt':
      return { standing: await ofAttempt(ports, about) };
    case 'itself':
      return { standing: 'stands' };
    default: {
      const never: never = about;
      return never;
    }
  }
}
