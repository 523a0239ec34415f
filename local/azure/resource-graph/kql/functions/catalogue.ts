import { conversionFunctions } from './conversion.ts';
import { dynamicFunctions } from './dynamic.ts';
import { logicFunctions } from './logic.ts';
import type { ScalarFunction } from './signature.ts';
import { textFunctions } from './text.ts';
import { timeAndRoundingFunctions } from './time.ts';

/** Every scalar function of the engine by its name; a name that is not here is refused. */
export const functionCatalogue: ReadonlyMap<string, ScalarFunction> = new Map(
  [textFunctions, conversionFunctions, logicFunctions, dynamicFunctions, timeAndRoundingFunctions].flatMap((group) =>
    Object.entries(group),
  ),
);
