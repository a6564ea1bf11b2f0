const MAX_INPUT = 4_000_000;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (entity: string, body: string): string => {
  if (!body.startsWith('#')) return ENTITIES[body.toLowerCase()] ?? entity;
  const code = /^#x/iu.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
};

/** Leaves out what styles and scripts say; one walk, however often one is opened and never closed. */
const withoutCode = (html: string): string => {
  const kept: string[] = [];
  let from = 0;
  let inside: string | undefined;
  for (const { index, 1: slash, 2: name = '' } of html.matchAll(/<(\/?)(style|script)\b/giu)) {
    if (inside === undefined && slash === '') {
      kept.push(html.slice(from, index));
      inside = name.toLowerCase();
    } else if (inside === name.toLowerCase() && slash === '/') {
      inside = undefined;
      from = index;
    }
  }
  if (inside === undefined) kept.push(html.slice(from));
  return kept.join('');
};

/**
 * The words of HTML that no parser may touch: tags out, breaks kept. Takes time linear in its input, since no pattern reaches
 * over the next `<`.
 */
export const strippedText = (html: string): string => {
  return withoutCode(html.slice(0, MAX_INPUT))
    .replace(/<\/?(?:br|p|div|tr|li|h[1-6]|table|blockquote)\b[^<>]*>/giu, '\n')
    .replace(/<[^<>]*>/gu, '')
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/giu, decoded);
};
