/** The instant restore points of a VM in all its restore point collections. */
export interface RestorePoints {
  readonly collections: readonly string[];
  /** Points in all collections; `undefined` where only the collections were read. */
  readonly points: number | undefined;
}
