import { numberOf, textOf } from './activity.ts';
import { frameOf, personIn, type Verb } from './tap.ts';

/** Tickets and other tickets; the other one by its number. */
export const RELATION_VERBS: Readonly<Record<string, Verb>> = {
  'propose-merge': (tap) => ({ ...frameOf(tap), type: 'merge-into', number: textOf(tap.action.data, 'mergeInto') }),
  merge: (tap) => ({ ...frameOf(tap), type: 'agree-merge' }),
  'refuse-merge': (tap) => ({
    ...frameOf(tap),
    type: 'refuse-merge',
    reason: textOf(tap.action.data, 'refuseReason'),
  }),
  'undo-merge': (tap) => ({ ...frameOf(tap), type: 'undo-merge' }),
  split: (tap) => ({
    ...frameOf(tap),
    type: 'split-off',
    subject: textOf(tap.action.data, 'splitSubject'),
    text: textOf(tap.action.data, 'splitText'),
  }),
  link: (tap) => ({ ...frameOf(tap), type: 'link-to', number: textOf(tap.action.data, 'parentNumber') }),
  unlink: (tap) => ({ ...frameOf(tap), type: 'unlink' }),
  'declare-major': (tap) => {
    const cadenceMinutes = numberOf(tap.action.data, 'cadence');
    const coordinator = personIn(tap) ?? { id: tap.by.id, name: tap.by.name };
    return { ...frameOf(tap), type: 'declare-major', coordinator, ...(cadenceMinutes ? { cadenceMinutes } : {}) };
  },
  'major-update': (tap) => ({ ...frameOf(tap), type: 'major-update', text: textOf(tap.action.data, 'majorText') }),
};
