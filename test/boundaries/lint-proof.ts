/** The kinds of place a lint rule tells apart; each is a folder in which every plant stands once. */
export const rooms = {
  domain: 'src/domain',
  application: 'src/application',
  local: 'src/local',
  test: 'test/application',
  bench: 'test/bench',
} as const;
export type Room = keyof typeof rooms;

export interface LintProof {
  /** ESLint's rule id; for no-restricted-syntax followed by a colon and the message, which tells its selectors apart. */
  readonly rule: string;
  /** The first room is where `broken` breaks nothing else; in rooms not named here the rule is off. */
  readonly rooms: readonly [Room, ...Room[]];
  /** Each breaks the rule once. */
  readonly broken: readonly string[];
  /** Breaks nothing in the first room. */
  readonly clean: string;
}

/** How no-restricted-syntax names one of its selectors: by the message. */
export const syntax = (message: string): string => `no-restricted-syntax: ${message}`;
