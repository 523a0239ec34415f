/** Where a row's columns come from when the resource itself does not say. */
export interface RowContext {
  readonly tenantId: string;
  readonly now: Date;
  readonly vaultLocationOf: (id: string) => string;
  /** False while the columns that converge slowly (what the guest reports) have not arrived yet. */
  readonly showsSlowFields: boolean;
}
