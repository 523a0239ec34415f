/** The filters that have a field of their own. */
export const fieldNames = ['q', 'verdict', 'severity', 'rule', 'subscription', 'region', 'owner'] as const;

/** Filters that only addresses set: links lead here with them. */
export const linkNames = ['resourceGroup', 'reason', 'changedSince'] as const;

/** Everything that stands in the address of the list: the API knows the same names. */
const names = [...fieldNames, ...linkNames, 'sort'] as const;

export type FilterName = (typeof names)[number];

/** What is filtered and sorted by; absent names do not. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** The filters of an address; what else stands there is not heeded. */
export function filtersOf(query: URLSearchParams): Filters {
  return Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
}

/** The filters with one of them changed; an empty value removes it. */
export function withFilter(filters: Filters, name: FilterName, value: string): Filters {
  const others = Object.entries(filters).filter(([each]) => each !== name);
  return Object.fromEntries(value === '' ? others : [...others, [name, value]]);
}
