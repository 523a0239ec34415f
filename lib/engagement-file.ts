import { readFileSync } from 'node:fs';

import { type Engagement, noEngagement } from './domain/engagement.ts';
import { EngagementDocument, problemsOfEngagement } from './engagement-schema.ts';

/** Name of the file with the rules of engagement, in the folder of the app. */
export const engagementFile = 'backstop.json';
/** App setting with the same content; it wins over the file. */
export const engagementSetting = 'BACKSTOP_ENGAGEMENT';

/** The text of the file; `undefined` where there is none. The Functions worker starts an app in its folder. */
export function readEngagementFile(): string | undefined {
  try {
    return readFileSync(engagementFile, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Reads a document with the rules of engagement; what is wrong with it goes to `problems`, place by place. */
export function parseEngagement(text: string | undefined, where: string, problems: string[]): Engagement {
  if (text === undefined) {
    return noEngagement;
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    problems.push(`${where} holds no JSON.`);
    return noEngagement;
  }
  const parsed = EngagementDocument.safeParse(document);
  if (!parsed.success) {
    problems.push(...problemsOfEngagement(document).map((problem) => `${where}: ${problem}.`));
  }
  return parsed.data ?? noEngagement;
}
