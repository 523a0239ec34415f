/** Markup that is safe as it is: only `html` makes it. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | null | undefined | Html | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls, and characters that nobody sees but that change how the text around them is read. */
const invisible = /[^\P{Cc}\n]|[\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A text as it can stand anywhere in a page; what is invisible is named instead, so that nothing hides. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(invisible, (unit) => `[U+${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .replaceAll(/[&<>"']/g, (unit) => entities[unit] ?? unit);
}

function markupOf(part: Part): string {
  if (typeof part === 'object' && part !== null) {
    return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
  }
  return escapeHtml(String(part ?? ''));
}

/** An instant as people read it, to the minute; what is none stays as it is. */
export function instant(text: string | null | undefined): string {
  return (text ?? '').replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC');
}

/** Markup with values in it, which are escaped unless they are markup themselves. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: texts.map((text, place) => text + (place < parts.length ? markupOf(parts[place]) : '')).join('') };
}
