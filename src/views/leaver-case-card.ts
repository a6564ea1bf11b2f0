import type { TransferReason } from '../domain/ticket.ts';
import { oneLine } from '../domain/values.ts';
import { button, row } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import { linesOf } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

interface LeaverCaseCard {
  readonly caseId: string;
  readonly owner: string;
  readonly takers: readonly string[];
  readonly reason: TransferReason | 'other' | undefined;
  readonly evidence: string;
  readonly proposedBy: string;
  readonly reader: Reader;
}

const NAME = 80;

/** For the manager who confirms: all tickets of one who leaves, to whom they go, why, and who proposed it. */
export const leaverCaseCard = (wish: LeaverCaseCard): AdaptiveCard => {
  const { cover, card } = wordsIn(wish.reader.language);
  const takers = wish.takers.map((name) => oneLine(name, NAME)).join(', ');
  const line = (text: string) => row({ lines: [[{ text }]] });
  return plainCard({
    title: cover.leaverTitle,
    note: '',
    items: [
      aboutLine(cover.leaver(oneLine(wish.owner, NAME), takers)),
      line(`${cover.reason}: ${wish.reason === 'termination' ? cover.termination : cover.extendedLeave}`),
      ...linesOf(`${cover.evidence}: ${wish.evidence}`).map(line),
      line(`${cover.propose}: ${oneLine(wish.proposedBy, NAME)}`),
    ],
    actions: [
      button({
        title: card.confirmTransfer,
        verb: 'leaver-confirm',
        style: 'positive',
        data: { caseId: wish.caseId },
      }),
    ],
  });
};
