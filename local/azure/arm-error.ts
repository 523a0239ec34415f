/** What Azure Resource Manager or a provider answers to one request. */
export interface ArmAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A refusal in ARM's usual form, `{ error: { code, message } }`; thrown by operations, answered by the server. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly answer: ArmAnswer;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.answer = { status, headers, body: { error: { code, message } } };
  }
}

/** Header of a 404 that ARM itself gives, before any provider is asked (recorded from Azure). */
const fromGateway = { 'x-ms-failure-cause': 'gateway' };

export function subscriptionNotFound(subscriptionId: string): ArmError {
  const message = `The subscription '${subscriptionId}' could not be found.`;
  return new ArmError(404, 'SubscriptionNotFound', message, fromGateway);
}

export function resourceGroupNotFound(resourceGroup: string): ArmError {
  const message = `Resource group '${resourceGroup}' could not be found.`;
  return new ArmError(404, 'ResourceGroupNotFound', message, fromGateway);
}

/** `path` is the type with its names between, such as `Microsoft.Compute/virtualMachines/vm1`. */
export function resourceNotFound(path: string, resourceGroup: string): ArmError {
  const message = `The Resource '${path}' under resource group '${resourceGroup}' was not found.`;
  return new ArmError(404, 'ResourceNotFound', message, fromGateway);
}

/** The wording of ARM's answer to an unknown type is unconfirmed; status and code are ARM's. */
export function resourceTypeNotFound(type: string): ArmError {
  const message = `The resource type '${type}' could not be found.`;
  return new ArmError(404, 'InvalidResourceType', message, fromGateway);
}

export function authorizationFailed(clientId: string, action: string, scope: string): ArmError {
  const message =
    `The client '${clientId}' with object id '${clientId}' does not have authorization to perform action '${action}' ` +
    `over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return new ArmError(403, 'AuthorizationFailed', message);
}
