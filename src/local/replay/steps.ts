import type { Instant, Level } from '../../domain/values.ts';

/** Accepts where the log shows work before it shows who works. */
export const UNKNOWN_AGENT = 'Unknown agent';

/**
 * What is done at the desk for a row of the log; people and groups under their names in the log. `envelope` counts the
 * envelopes of the incident from 1, as the plan means them.
 */
export type Deed =
  | { readonly do: 'open'; readonly group?: string; readonly caller: string; readonly about: string }
  | { readonly do: 'triage'; readonly impact?: Level; readonly urgency?: Level }
  /** Nobody owns it yet: it goes to another team. */
  | { readonly do: 'route'; readonly group: string }
  /** Somebody owns it, and the log moves it to another group under the same name. To be refused; nobody else is asked. */
  | { readonly do: 'move'; readonly group: string }
  /** The log gives it to a group and names nobody. To be refused; then the group is asked for help. */
  | { readonly do: 'hand-to-group'; readonly group: string; readonly envelope: number }
  | { readonly do: 'accept'; readonly agent: string }
  /**
   * To be refused; then the envelope of the refusal is sent, or, where their group was `asked` already, that one is taken. No
   * envelope: the ticket has ended, so the refusal offers none.
   */
  | { readonly do: 'hand-over'; readonly to: string; readonly envelope?: number; readonly asked?: true }
  | { readonly do: 'hand-back' }
  | { readonly do: 'answer'; readonly helper: string; readonly envelope: number }
  | { readonly do: 'withdraw'; readonly envelope: number }
  | { readonly do: 'pend'; readonly for: 'vendor' | 'change' }
  | { readonly do: 'close' }
  | { readonly do: 'ask' | 'resume' | 'resolve' | 'reopen' };

export type Step = Deed & { readonly at: Instant; readonly incident: string };
