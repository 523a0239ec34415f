import type { ExemptionRegister } from '../../lib/use-cases/exemption-ports.ts';

/** The register of a service without storage: nobody has registered anything. */
export const emptyRegister: Pick<ExemptionRegister, 'of'> = { of: async () => [] };
