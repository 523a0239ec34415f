import { daysBetween, type EvidenceFile, firstKeptDay, type Manifest, manifestFile } from './evidence.ts';

/** A folder of the evidence as it was found. */
export interface FoundDay {
  /** The name of the folder. */
  readonly day: string;
  /** The SHA-256 of its manifest, and what it says or what is wrong with it; absent: there is none. */
  readonly manifest?: { readonly sha256: string; readonly content: Manifest | { readonly wrong: string } };
  /** All other files. */
  readonly files: readonly EvidenceFile[];
}

/** What was found wrong with a file of a day. */
export interface EvidenceProblem {
  readonly day: string;
  readonly part: string;
  readonly what: string;
}

/** What a check of the chain found. */
export interface CheckedChain {
  /** In the order of days. */
  readonly problems: readonly EvidenceProblem[];
  /** What is as it should be, and worth knowing. */
  readonly notes: readonly EvidenceProblem[];
}

type ReadDay = FoundDay & { readonly manifest: { readonly sha256: string; readonly content: Manifest } };

function isRead(day: FoundDay): day is ReadDay {
  return day.manifest !== undefined && !('wrong' in day.manifest.content);
}

/** The files of a day against those that its manifest names. */
function partProblems({ day, files, manifest }: ReadDay): readonly EvidenceProblem[] {
  const found = new Map(files.map((file) => [file.name, file]));
  const named = new Map(manifest.content.parts.map((part) => [part.name, part]));
  const wrong = [...named.values()].flatMap(({ name, sha256, bytes }) => {
    const file = found.get(name);
    if (!file) {
      return [{ day, part: name, what: 'missing: the manifest names it' }];
    }
    return file.sha256 === sha256 && file.bytes === bytes
      ? []
      : [{ day, part: name, what: `altered: its SHA-256 is ${file.sha256}, the manifest says ${sha256}` }];
  });
  const added = files
    .filter(({ name }) => !named.has(name))
    .map(({ name }) => ({ day, part: name, what: 'added: the manifest does not name it' }));
  return [...wrong, ...added];
}

/** A day against the one before it, which its manifest names. */
function linkProblems({ day, manifest: { content } }: ReadDay, before: readonly ReadDay[]): readonly EvidenceProblem[] {
  const { previous, missingDays } = content;
  const own = (what: string) => [{ day, part: manifestFile, what }];
  if (content.day !== day) {
    return own(`reordered: it is that of ${content.day}`);
  }
  if (!previous) {
    return before.map((each) => ({
      day: each.day,
      part: manifestFile,
      what: `added: ${day} says that it is the first snapshot`,
    }));
  }
  const named = before.find((each) => each.day === previous.day);
  const between = before.filter((each) => each.day > previous.day);
  const wrongDays = daysBetween(previous.day, day).join() === missingDays.join();
  return [
    ...(named && named.manifest.sha256 !== previous.sha256
      ? [{ day: named.day, part: manifestFile, what: `altered: it is not the one that ${day} names` }]
      : []),
    ...between.map((each) => ({
      day: each.day,
      part: manifestFile,
      what: `added: ${day} names ${previous.day} as the snapshot before it`,
    })),
    ...(wrongDays ? [] : own('altered: it names other days without a snapshot than there are')),
  ];
}

/** A day that the next one names and that is not there; the first one may have been removed after its time. */
function missingProblem(
  { day, manifest: { content } }: ReadDay,
  days: readonly FoundDay[],
  read: readonly ReadDay[],
): CheckedChain {
  const { previous } = content;
  if (!previous || days.some((each) => each.day === previous.day && each.manifest)) {
    return { problems: [], notes: [] };
  }
  const isFirst = !read.some((each) => each.day < day);
  const isOver = read.some(
    ({ manifest }) => previous.day < firstKeptDay(manifest.content.day, manifest.content.keptDays),
  );
  return isFirst && isOver
    ? { problems: [], notes: [{ day, part: manifestFile, what: `the days up to ${previous.day} are no longer kept` }] }
    : { problems: [{ day: previous.day, part: manifestFile, what: `missing: ${day} names it` }], notes: [] };
}

/** A folder without a manifest: a snapshot that never came to its end, the rest of one that is no longer kept, or a loss. */
function unfinished({ day }: FoundDay, read: readonly ReadDay[]): CheckedChain {
  const isNamed = read.some(({ manifest }) => manifest.content.missingDays.includes(day));
  const isOver =
    read.every((each) => each.day > day) &&
    read.some(({ manifest }) => day < firstKeptDay(manifest.content.day, manifest.content.keptDays));
  const because = isNamed ? 'no snapshot was finished, and the next manifest says so' : 'no longer kept';
  return isNamed || isOver
    ? { problems: [], notes: [{ day, part: manifestFile, what: because }] }
    : { problems: [{ day, part: manifestFile, what: 'missing: not finished yet, or removed' }], notes: [] };
}

function checkedDay(found: FoundDay, days: readonly FoundDay[], read: readonly ReadDay[]): CheckedChain {
  const { day, manifest } = found;
  if (!manifest) {
    return unfinished(found, read);
  }
  if (!isRead(found)) {
    const what = 'wrong' in manifest.content ? manifest.content.wrong : '';
    return { problems: [{ day, part: manifestFile, what: `altered: ${what}` }], notes: [] };
  }
  const before = read.filter((each) => each.day < day);
  const { problems, notes } = missingProblem(found, days, read);
  return { problems: [...partProblems(found), ...linkProblems(found, before), ...problems], notes };
}

/**
 * Checks every file against its manifest, and every manifest against the one after it. It cannot tell a chain that was
 * written anew as a whole from some day on, nor days that were cut off at its end: that takes a hash that was noted elsewhere.
 */
export function checkChain(found: readonly FoundDay[]): CheckedChain {
  const days = found.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const read = days.filter(isRead);
  const checked = days.map((day) => checkedDay(day, days, read));
  const inOrder = (all: readonly EvidenceProblem[]) =>
    all.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return {
    problems: inOrder(checked.flatMap(({ problems }) => problems)),
    notes: inOrder(checked.flatMap(({ notes }) => notes)),
  };
}
