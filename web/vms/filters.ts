/** The filters of the list as they stand in its address: the API knows the same names. */
export const filterNames = ['verdict', 'rule', 'subscription', 'region', 'q'] as const;

export type FilterName = (typeof filterNames)[number];

/** What is filtered by; absent names do not filter. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** The filters of an address; what else stands there is not heeded. */
export function filtersOf(query: URLSearchParams): Filters {
  return Object.fromEntries(filterNames.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
}

/** The filters with one of them changed; an empty value removes it. */
export function withFilter(filters: Filters, name: FilterName, value: string): Filters {
  const others = Object.entries(filters).filter(([each]) => each !== name);
  return Object.fromEntries(value === '' ? others : [...others, [name, value]]);
}
