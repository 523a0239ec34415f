/** What callers may be: read; besides that exempt, sweep and judge; besides reading approve what changes Azure. */
export const roles = ['Reader', 'Contributor', 'Approver'] as const;
export type Role = (typeof roles)[number];

/** What each role may do: who changes something also reads. */
const includes: Readonly<Record<Role, readonly Role[]>> = {
  Reader: ['Reader'],
  Contributor: ['Reader', 'Contributor'],
  Approver: ['Reader', 'Approver'],
};

/** Who asks. */
export interface Caller {
  /** Name and object id, for what is kept of what was done; absent for who only has a key. */
  readonly name?: string;
  readonly roles: readonly Role[];
  /** Lower-cased ids of the subscriptions that the caller may see; absent: all. Never empty. */
  readonly subscriptions?: readonly string[];
}

/** Whoever has the key of the app: nobody can tell who it is, so it may do everything. */
export const keyHolder: Caller = { roles };

/** Whether one of a caller's roles includes another. */
export function isA({ roles: own }: Pick<Caller, 'roles'>, role: Role): boolean {
  return own.some((each) => includes[each].includes(role));
}

/** Subscriptions that may be seen; absent: all. */
export type Visible = Caller['subscriptions'];

/** Whether a subscription may be seen. */
export function isVisible(visible: Visible, subscriptionId: string): boolean {
  return visible === undefined || visible.includes(subscriptionId.toLowerCase());
}

const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Whether a text may be seen by who sees only some subscriptions: it speaks of one of them, and of no other. */
export function speaksOnlyOf(visible: Visible, text: string): boolean {
  const named = text.match(guids) ?? [];
  return visible === undefined || (named.length > 0 && named.every((id) => isVisible(visible, id)));
}

/** What whoever is named by it may see: lower-cased ids of subscriptions, or `*` for all of them. */
export type ReaderScopes = Readonly<Record<string, readonly string[]>>;

/**
 * What a caller may see by what names it: its object id, its groups, its roles. Everything that names it adds to it. Who is named
 * by nothing sees nothing: a group that the token does not tell must not open what is closed to it.
 */
export function visibleTo(names: readonly string[], scopes: ReaderScopes | undefined): Visible | 'nothing' {
  if (!scopes) {
    return undefined;
  }
  const named = new Set(names.map((name) => name.toLowerCase()));
  const seen = Object.entries(scopes).flatMap(([name, ids]) => (named.has(name.toLowerCase()) ? ids : []));
  if (seen.length === 0) {
    return 'nothing';
  }
  return seen.includes('*') ? undefined : [...new Set(seen)];
}
