/** Whether a rule applies to a flow; `maybe` if it depends on something that cannot be seen from here. */
export type Match = 'yes' | 'maybe' | 'no';

/** Holds if all hold: one certain no decides, then one doubt. */
export function allOf(matches: readonly Match[]): Match {
  if (matches.includes('no')) {
    return 'no';
  }
  return matches.includes('maybe') ? 'maybe' : 'yes';
}

/** Holds if one holds: one certain yes decides, then one doubt. */
export function anyOf(matches: readonly Match[]): Match {
  if (matches.includes('yes')) {
    return 'yes';
  }
  return matches.includes('maybe') ? 'maybe' : 'no';
}
