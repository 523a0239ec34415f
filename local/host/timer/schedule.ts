import { Cron } from 'croner';

import { messageOf } from '../log.ts';
import { StartError } from '../start-error.ts';

/** When a timer runs. */
export interface Schedule {
  /** The first occurrence after this instant. */
  next(after: Date): Date;
  /** Whether two occurrences are at least a minute apart; only then does production keep a status by default. */
  readonly isSlow: boolean;
}

const digits = /^[\d*,/-]+$/;
const months = /^([\d*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+$/i;
const weekdays = /^([0-6*,/-]|SUN|MON|TUE|WED|THU|FRI|SAT)+$/i;
const fieldPatterns = [digits, digits, digits, digits, months, weekdays];

/**
 * Reads an NCRONTAB expression: six fields, second first, UTC. NCrontab wants day of month *and* day of week to fit
 * (unlike cron); it has no nicknames and none of `L W # ?`. Throws a StartError.
 */
export function parseSchedule(expression: string, functionName: string): Schedule {
  const where = `Function '${functionName}': the schedule '${expression}'`;
  if (/^(\d+\.)?\d+:\d+:\d+$/.test(expression)) {
    throw new StartError(`${where} is a time span, which works on dedicated plans only; use six NCRONTAB fields.`);
  }
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 6) throw new StartError(`${where} has ${fields.length} fields; NCRONTAB has six.`);
  if (!fields.every((field, index) => fieldPatterns[index]?.test(field))) {
    throw new StartError(`${where} uses more than NCRONTAB knows: numbers, names, '*', ',', '-', '/', Sunday as 0.`);
  }
  const cron = parseCron(expression, where);
  const next = (after: Date) => {
    const occurrence = cron.nextRun(after);
    if (occurrence === null) throw new StartError(`${where} never occurs.`);
    return occurrence;
  };
  const first = next(new Date());
  return { next, isSlow: next(first).getTime() - first.getTime() >= 60_000 };
}

function parseCron(expression: string, where: string): Cron {
  try {
    return new Cron(expression, { mode: '6-part', timezone: 'UTC', domAndDow: true, paused: true });
  } catch (cause) {
    throw new StartError(`${where} is not valid: ${messageOf(cause)}`, { cause });
  }
}
