import { tokens } from '@fluentui/react-components';

import type { Verdict } from '../../lib/domain/verdict.ts';

/** A colour for each verdict, of the theme that holds. It never stands alone: the word is always beside it. */
export const verdictColor: Readonly<Record<Verdict, string>> = {
  protected: tokens.colorPaletteGreenBorderActive,
  pending: tokens.colorPaletteLightTealBorderActive,
  'at-risk': tokens.colorPaletteMarigoldBorderActive,
  blocked: tokens.colorPaletteRedBorderActive,
  protectable: tokens.colorPaletteBlueBorderActive,
  undetermined: tokens.colorPaletteLilacBorderActive,
  exempt: tokens.colorNeutralStrokeAccessible,
  excluded: tokens.colorNeutralStroke1,
};
