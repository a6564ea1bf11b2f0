import type { Instant } from '../domain/values.ts';
import {
  type AnswerAll,
  canBeUndone,
  type CancelAll,
  type LinkAll,
  type MoveLeaver,
  type TellChildren,
} from './bulk-kinds.ts';
import type { Job } from './ports/jobs.ts';
import type { JobStory } from './ports/stories.ts';

type Told = Pick<JobStory, 'act' | 'detail' | 'text'>;

const TOLD: Readonly<Record<string, (params: unknown) => Told>> = {
  accept: () => ({ act: 'accept', detail: '', text: '' }),
  cancel: (params) => ({ act: 'cancel', detail: (params as CancelAll).reason, text: '' }),
  link: (params) => ({ act: 'link', detail: (params as LinkAll).parent, text: '' }),
  answer: (params) => ({ act: 'answer', detail: '', text: (params as AnswerAll).text }),
  leaver: (params) => ({ act: 'leaver', detail: (params as MoveLeaver).owner.name, text: '' }),
  'tell-children': (params) => {
    const { text, parent } = params as TellChildren;
    return { act: 'answer', detail: parent.number, text };
  },
};

/** What a job's card says: its kind and what was chosen with it, in the words of the desk. */
export const jobStory = (job: Job, now: Instant): JobStory => ({
  job,
  ...(TOLD[job.kind]?.(job.params) ?? { act: 'other', detail: job.kind, text: '' }),
  canUndo: canBeUndone(job, now),
});
