import type { NoticeReason } from '../../domain/effects.ts';

/** The headline of the card a person gets. `who` caused it; empty where it was the clock. */
export const noticesEn: Readonly<Record<NoticeReason, (who: string) => string>> = {
  'customer-wrote': (who) => `${who} wrote`,
  'reopened-away': () => 'Reopened while its owner is away: please look after it',
  offered: (who) => `${who} offers you this ticket`,
  'offer-declined': (who) => `${who} declined your offer`,
  'envelope-offered': () => 'Your help is asked for',
  'envelope-lead': (who) => `${who} declined last, and nobody else is left to ask: can you help?`,
  'envelope-declined': (who) => `${who} declined, and nobody else is left to ask: try another team`,
  'envelope-edited': (who) => `${who} changed the request for help`,
  'envelope-query': (who) => `${who} needs an answer from you to go on helping`,
  'envelope-answer': (who) => `${who} answered your question`,
  'envelope-completed': (who) => `${who} answered your request for help`,
  'envelope-sent-back': (who) => `${who} needs more from you: your answer came back`,
  'envelope-withdrawn': (who) => `${who} withdrew the request for help: nothing more to do`,
  'transfer-proposed': (who) => `${who} proposes a new owner: please confirm or reject`,
  transferred: (who) => `This ticket has a new owner, confirmed by ${who}`,
  'merge-proposed': (who) => `${who} would like to merge this ticket into one of yours`,
  'merge-refused': (who) => `${who} refused the merge`,
  'task-assigned': (who) => `${who} has a task for you`,
  coordinates: (who) => `${who} declared a major incident, and you coordinate it`,
  'update-due': () => 'News is due: customers are waiting to hear from you',
};
