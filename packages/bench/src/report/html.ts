/** Markup that may stand in a page as it is. */
export interface Html {
  /** The markup. */
  readonly markup: string;
}

/** What may be put into a template: text is escaped, markup is not, lists are joined, nothing is left out. */
export type Content = Html | string | number | null | readonly Content[];

/**
 * Escapes text for element content and attribute values.
 *
 * @param text - any text
 */
export function escapeText(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

function render(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(render).join('');
}

/** Fills a template: values are escaped unless they are markup. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { markup: strings.reduce((text, part, i) => text + render(values[i - 1]) + part) };
}

/**
 * Takes markup as it is.
 *
 * @param markup - markup made elsewhere, such as a figure
 */
export function raw(markup: string): Html {
  return { markup };
}
