import { incidentsOf, planOf } from '../../../src/local/replay/plan.ts';
import { readLog } from '../../../src/local/replay/read-log.ts';
import type { Deed, Step } from '../../../src/local/replay/steps.ts';

/** One row of a made-up log; what is not told is `?`, the group is "Network", and each row comes an hour after the last. */
export interface Told {
  readonly state: string;
  readonly who?: string;
  readonly group?: string;
  readonly impact?: string;
  readonly urgency?: string;
  readonly reopens?: number;
  readonly moves?: number;
  readonly openedAt?: string;
  readonly at?: string;
}

export const HEADER =
  'number,incident_state,reassignment_count,reopen_count,caller_id,opened_at,sys_updated_at,category,subcategory,u_symptom,impact,urgency,assignment_group,assigned_to';

const two = (figure: number): string => String(figure).padStart(2, '0');

/** `day` of March 2016, counted from 1; the hours from 08:00 on. */
const moment = (day: number, hour: number): string =>
  `${two(day + Math.floor(hour / 14))}-03-2016 ${two(8 + (hour % 14))}:00`;

const lineOf = (number: string, told: Told, place: { readonly day: number; readonly hour: number }): string =>
  [
    number,
    told.state,
    told.moves ?? 0,
    told.reopens ?? 0,
    'Caller 1',
    told.openedAt ?? moment(place.day, 0),
    told.at ?? moment(place.day, place.hour + 1),
    'Category 1',
    '?',
    'Symptom 7',
    told.impact ?? '?',
    told.urgency ?? '?',
    told.group ?? 'Network',
    told.who ?? '?',
  ].join(',');

export const incident = (number: string, rows: readonly Told[], day = 1): readonly string[] =>
  rows.map((told, hour) => lineOf(number, told, { day, hour }));

export const csvOf = (...incidents: readonly (readonly string[])[]): string => [HEADER, ...incidents.flat()].join('\n');

/** The steps for one incident of these rows. */
export const stepsFor = (...rows: readonly Told[]): readonly Step[] =>
  incidentsOf(readLog(csvOf(incident('INC1', rows))).rows).flatMap(planOf);

/** What is done after the opening, without its time. */
export const deedsFor = (...rows: readonly Told[]): readonly Deed[] =>
  stepsFor(...rows)
    .slice(1)
    .map(({ at: _at, incident: _incident, ...deed }) => deed);
