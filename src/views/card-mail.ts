import { oneLine } from '../domain/values.ts';
import type { AdaptiveCard } from './expand.ts';

const MOST_LINES = 60;
const LINE = 300;

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What an element says, a line for each text that stands by itself; buttons and what is hidden say nothing. */
const linesIn = (node: Node): readonly string[] => {
  if (node['isVisible'] === false) return [];
  switch (node['type']) {
    case 'TextBlock':
      return [textIn(node['text'])];
    case 'RichTextBlock':
      return [
        nodesIn(node['inlines'])
          .map(({ text }) => textIn(text))
          .join(''),
      ];
    case 'FactSet':
      return nodesIn(node['facts']).map(({ title, value }) => `${textIn(title)} ${textIn(value)}`);
    case 'ColumnSet':
      return [
        nodesIn(node['columns'])
          .flatMap((column) => nodesIn(column['items']).flatMap(linesIn))
          .join(' '),
      ];
    default:
      return nodesIn(node['items']).flatMap(linesIn);
  }
};

/** The words of a card as a mail, for somebody whom Teams does not let the bot reach: what can be read, nothing to press. */
export const cardMail = (card: AdaptiveCard): { readonly subject: string; readonly lines: readonly string[] } => {
  const lines = nodesIn(card['body'])
    .flatMap(linesIn)
    .map((line) => oneLine(line, LINE))
    .filter((line) => line !== '');
  return {
    subject: oneLine(textIn(card['fallbackText']) || (lines[0] ?? ''), 150),
    lines: lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines,
  };
};
