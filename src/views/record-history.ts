import type { HistoryEntry, ObjectEvent, PropertyChange, PropertyValue } from '../domain/objects.ts';
import type { PropertyDefinition } from '../domain/property-definitions.ts';
import { oneLine } from '../domain/values.ts';
import { type Element, runs } from './elements.ts';
import type { Telling } from './property-form.ts';
import { labelText } from './record-faults.ts';
import { labelOf, valueText } from './record-values.ts';
import { when } from './text.ts';

interface History {
  readonly history: readonly HistoryEntry[];
  readonly definitions: readonly PropertyDefinition[];
}

const NAME = 60;
const SHOWN_CHANGES = 6;

/** Who, what and when, newest first. That another id leads here, which the desk itself notes, tells people nothing. */
export const historyRows = ({ history, definitions }: History, telling: Telling): readonly Element[] => {
  const { words, reader, detail } = telling;
  return history
    .flatMap(({ by, at, events }) => {
      const who = by.kind === 'desk' ? words.contact.desk : oneLine(by.name, NAME) || words.noSender;
      const told = events.filter(({ kind }) => by.kind !== 'desk' || kind !== 'merged-into');
      const texts = told.flatMap((event) => eventText(event, who, { definitions, telling }));
      return texts.map((text) => runs({ text: `${text} · ${when(at, reader)}`, size: 'Small' }));
    })
    .slice(0, detail.history);
};

interface Told {
  readonly definitions: readonly PropertyDefinition[];
  readonly telling: Telling;
}

const eventText = (event: ObjectEvent, who: string, told: Told): string[] => {
  const { words } = told.telling;
  const { event: say, type } = words.contact;
  switch (event.kind) {
    case 'created':
      return [say.created(who, '')];
    case 'properties-set':
      return [say.set(who, changesText(event.changes, told))];
    case 'absorbed':
      return event.changes.length === 0 ? [] : [say.absorbed(who, changesText(event.changes, told))];
    case 'associated':
    case 'dissociated': {
      const label = event.label === 'default' ? '' : ` (${labelText(event.label, words)})`;
      return [say[event.kind](who, `${type[event.to.type]}${label}`)];
    }
    case 'merged-into':
      return [say.merged(who, '')];
  }
};

/** "Phone: 1 → 2, VIP: empty → Yes" */
const changesText = (changes: readonly PropertyChange[], told: Told): string => {
  const { words, detail } = told.telling;
  const shown = changes.slice(0, SHOWN_CHANGES).map((change) => changeText(change, told));
  const more = changes.length - SHOWN_CHANGES;
  return oneLine([...shown, ...(more > 0 ? [words.contact.more(more)] : [])].join(', '), detail.value * 2);
};

const changeText = ({ property, before, after }: PropertyChange, { definitions, telling }: Told): string => {
  const definition = definitions.find(({ name }) => name === property);
  const text = (value: PropertyValue | undefined): string => {
    if (value === undefined) return telling.words.contact.empty;
    return oneLine(definition ? valueText(definition, value, telling) : String(value), NAME);
  };
  const name = definition ? labelOf(definition, telling.reader) : oneLine(property, NAME);
  return before === undefined ? `${name}: ${text(after)}` : `${name}: ${text(before)} → ${text(after)}`;
};
