/** What the name of a VM size tells about it. */
export interface SizeFacts {
  readonly vCpus: number;
  /** GiB; exact for the families that the estates use most, else the usual ratio of the family. */
  readonly memoryGB: number;
  readonly premiumStorage: boolean;
}

/** The parts of a size name: `Standard_M64-32ms_v2` is family M, 64 vCPUs of which 32 are used, features ms. */
const shape = /^(?:Basic|Standard)_(?<family>[A-Z]+)(?<number>\d+)(?:-\d+)?(?<features>[a-z]*)(?<rest>(?:_\w+)*)$/i;

type Sizes = ReadonlyMap<string, readonly [vCpus: number, memoryGB: number]>;

/** Sizes from before Azure's naming convention: there the number is a rank, not a count. */
const oldA: Sizes = new Map([
  ['0', [1, 0.75]],
  ['1', [1, 1.75]],
  ['2', [2, 3.5]],
  ['3', [4, 7]],
  ['4', [8, 14]],
  ['5', [2, 14]],
  ['6', [4, 28]],
  ['7', [8, 56]],
  ['8', [8, 56]],
  ['9', [16, 112]],
  ['10', [8, 56]],
  ['11', [16, 112]],
]);
const oldD: Sizes = new Map([
  ['1', [1, 3.5]],
  ['2', [2, 7]],
  ['3', [4, 14]],
  ['4', [8, 28]],
  ['5', [16, 56]],
  ['11', [2, 14]],
  ['12', [4, 28]],
  ['13', [8, 56]],
  ['14', [16, 112]],
  ['15', [20, 140]],
]);
const oldG: Sizes = new Map([
  ['1', [2, 28]],
  ['2', [4, 56]],
  ['3', [8, 112]],
  ['4', [16, 224]],
  ['5', [32, 448]],
]);

/** GiB for each vCPU, without the features that change it; rounded for H, M and N. */
const memoryPerVCpu = new Map<string, number>([
  ...Object.entries({ A: 2, B: 4, D: 4, DC: 4, E: 8, EC: 8, F: 2, FX: 21, L: 8, M: 16 }),
  ...Object.entries({ H: 7, HB: 4, HC: 8, HX: 8, NC: 9, ND: 16, NG: 8, NP: 16, NV: 9 }),
]);

/** The first burstable sizes follow no ratio. */
const burstable = new Map(Object.entries({ B1ls: 0.5, B1s: 1, B1ms: 2, B2s: 4 }));

/**
 * vCPUs, memory and premium storage as a size name tells them by Azure's naming convention (the number is the count of
 * vCPUs, `s` is premium storage), in any case. Undefined for a name that does not follow it and is none of the older ones.
 */
export function sizeFacts(name: string): SizeFacts | undefined {
  const parts = shape.exec(name)?.groups ?? {};
  const { number = '', rest = '' } = parts;
  const [family = '', features = ''] = [parts['family']?.toUpperCase(), parts['features']?.toLowerCase()];
  const old = oldSizes(family, features, rest);
  if (old !== undefined) {
    const [vCpus, memoryGB] = old.get(number) ?? [];
    return vCpus === undefined || memoryGB === undefined
      ? undefined
      : { vCpus, memoryGB, premiumStorage: /.S$/.test(family) };
  }
  const vCpus = Number(number);
  const perVCpu = memoryPerVCpu.get(family);
  if (perVCpu === undefined || vCpus === 0) return undefined;
  const byName = rest === '' ? burstable.get(`${family}${number}${features}`) : undefined;
  const memoryGB = byName ?? vCpus * perVCpu * ratio(family, features);
  return { vCpus, memoryGB, premiumStorage: features.includes('s') };
}

/** `l` is low memory, `t` tiny, `m` much. */
function ratio(family: string, features: string): number {
  if (features.includes('t')) return 0.125;
  if (features.includes('l')) return 0.5;
  return family === 'A' && features.includes('m') ? 4 : 1;
}

/** The table of a family's older sizes, if the name is of that time. */
function oldSizes(family: string, features: string, rest: string): Sizes | undefined {
  if (features !== '') return undefined;
  if (family === 'A' && rest === '') return oldA;
  if (family === 'G' || family === 'GS') return oldG;
  return /^DS?$/.test(family) && /^(_v2)?(_Promo)?$/i.test(rest) ? oldD : undefined;
}
