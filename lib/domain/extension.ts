/** A VM extension by its own resource: what was asked for and how installing it went. */
export interface VmExtension {
  readonly name: string;
  readonly publisher: string;
  /** For example `VMSnapshot`, `AzureDiskEncryption`. */
  readonly type: string;
  /** `Succeeded`, `Failed`, `Creating`, `Updating` ...; empty where Azure does not say. */
  readonly provisioningState: string;
}
