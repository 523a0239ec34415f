/**
 * One row of a Resource Graph table, in the wire shape: 16 columns. `type`, `location` and `resourceGroup` are lower case
 * in the real service, `id` keeps the casing of whoever created the resource.
 */
export interface ResourceGraphRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly location: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly managedBy: string;
  readonly sku: unknown;
  readonly plan: unknown;
  readonly properties: unknown;
  readonly tags: unknown;
  readonly identity: unknown;
  readonly zones: unknown;
  readonly extendedLocation: unknown;
}
