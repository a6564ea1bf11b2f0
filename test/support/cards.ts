import { createRequire } from 'node:module';

/** Looks at a card as a client does: parsed by Microsoft's own renderer, and walked element by element. */
export type Element = { readonly type?: string; readonly [property: string]: unknown };

interface ValidationEvent {
  readonly message: string;
}
interface Renderer {
  readonly SerializationContext: new (version: object) => {
    readonly eventCount: number;
    getEventAt(index: number): ValidationEvent;
  };
  readonly Versions: { readonly v1_5: object };
  readonly AdaptiveCard: new () => {
    parse(card: object, context: object): void;
    validateProperties(): { readonly validationEvents: readonly ValidationEvent[] };
  };
}

// The package's own entry is broken as an ES module; its bundle works without a browser.
const require = createRequire(import.meta.url);
const renderer = require('adaptivecards/dist/adaptivecards.js') as Renderer;

/** What the renderer of version 1.5 finds wrong with the card. */
export const faultsOf = (card: object): string[] => {
  const context = new renderer.SerializationContext(renderer.Versions.v1_5);
  const parsed = new renderer.AdaptiveCard();
  parsed.parse(card, context);
  const whileParsing = Array.from({ length: context.eventCount }, (_each, index) => context.getEventAt(index));
  return [...whileParsing, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
};

const isObject = (value: unknown): value is Element => typeof value === 'object' && value !== null;

/** The card and everything in it that is an object, outside before inside. */
export const elementsOf = (card: unknown): Element[] => {
  if (Array.isArray(card)) return card.flatMap(elementsOf);
  return isObject(card) ? [card, ...Object.values(card).flatMap(elementsOf)] : [];
};

export const ofType = (card: object, ...types: string[]): Element[] =>
  elementsOf(card).filter(({ type }) => type !== undefined && types.includes(type));

/** Fields a client may read as markdown. What stands in a text run or is typed into an input is always plain. */
const READ = ['text', 'title', 'fallbackText', 'subtitle', 'altText', 'tooltip'];

/** Every text of the card that may be read as markdown, those of choices and facts included. */
export const markdownOf = (card: object): string[] =>
  elementsOf(card).flatMap((element) => {
    const type = element.type ?? ('value' in element && 'title' in element ? 'choice or fact' : 'data');
    if (type === 'TextRun' || type === 'data' || type.startsWith('Input.')) return [];
    const read = type === 'choice or fact' ? [...READ, 'value'] : READ;
    return read.flatMap((field) => (typeof element[field] === 'string' ? [element[field]] : []));
  });

/** The buttons of the card as a person sees them, those inside a reply form after the button that opens it. */
export const buttonsOf = (card: object): string[] =>
  ofType(card, 'Action.Execute', 'Action.ShowCard').map(({ title }) => String(title));

export const textRunsOf = (card: object): string[] => ofType(card, 'TextRun').map(({ text }) => String(text));
