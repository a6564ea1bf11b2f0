import type { Element } from './elements.ts';
import { runs } from './elements.ts';
import { type AdaptiveCard, compile } from './expand.ts';
import template from './templates/plain-card.json' with { type: 'json' };
import { plain } from './text.ts';

interface PlainCard {
  readonly title: string;
  /** A line under the title: what stands here, or what to do where there is nothing. In the desk's own words. */
  readonly note: string;
  readonly items: readonly Element[];
  readonly actions: readonly Element[];
}

const render = compile<object>(template);

/** A title, a line below it, the rest, and the buttons: the frame of every list and form. */
export const plainCard = ({ title, note, items, actions }: PlainCard): AdaptiveCard =>
  render({
    title: plain(title),
    note,
    parts: items.length === 0 ? [] : [{ items: items.map(separated) }],
    actions,
  });

const separated = (item: Element): Element => (item.type === 'Container' ? { ...item, separator: true } : item);

/** The line that tells whose matter a form or list is about. */
export const aboutLine = (text: string): Element => runs({ text, weight: 'Bolder' });
