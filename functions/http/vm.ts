import type { App } from '../../lib/app.ts';
import type { Attempt } from '../../lib/domain/attempt.ts';
import { type Caller, isVisible } from '../../lib/domain/caller.ts';
import { parseVmId } from '../../lib/domain/ids.ts';
import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import { findVm } from '../../lib/use-cases/find-vm.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { vmKeyOf } from '../../lib/use-cases/vm-key.ts';
import { checkVisible } from './caller.ts';
import { Problem } from './problem.ts';

/** Changes that are shown with a VM. */
const shownTransitions = 20;

/** The VM that an ARM id names; 400 if it is no VM's id, 403 if the caller may not see it, 404 if Backstop has never seen it. */
export async function vmOfId(
  { evaluations }: Pick<Ports, 'evaluations'>,
  id: string,
  caller: Caller,
): Promise<Evaluated> {
  const vm = parseVmId(id);
  if (!vm) {
    throw new Problem(400, 'Bad request', 'id: expected the ARM id of a virtual machine.', { parameter: 'id' });
  }
  checkVisible(caller, vm.subscriptionId);
  const row = await evaluations.find(vm.subscriptionId, vmKeyOf(vm.key));
  if (!row) {
    throw new Problem(404, 'Not found', 'Backstop knows no VM with this id; POST evaluations judges it now.');
  }
  return row.value;
}

/** The VM of a key; 404 if Backstop has never seen it, or the caller may not. */
export async function vmOfKey(
  ports: Pick<Ports, 'evaluations' | 'postures'>,
  vmKey: string,
  { subscriptions }: Caller,
): Promise<Evaluated> {
  const vm = await findVm(ports, vmKey);
  if (!vm || !isVisible(subscriptions, vm.subscriptionId)) {
    throw new Problem(404, 'Not found', 'Backstop knows no VM with this key.');
  }
  return vm;
}

/** A VM with its newest changes, and the attempts to protect it. */
export async function showVm(
  { ports, protections }: Pick<App, 'ports' | 'protections'>,
  vm: Evaluated,
): Promise<Evaluated & { readonly transitions: readonly Transition[]; readonly protections: readonly Attempt[] }> {
  const attempts = await protections.of(vm.vmKey);
  return {
    ...vm,
    transitions: await ports.transitions.of(vm.vmKey, shownTransitions),
    protections: attempts.map(({ value }) => value),
  };
}
