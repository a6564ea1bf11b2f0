import path from 'node:path';
import type { ChannelMirror } from './teams/mirror.ts';
import { type Playground, startPlayground } from './teams/playground.ts';
import type { Person, Tenant } from './teams/tenant.ts';

export interface TheatreParts {
  readonly people: readonly Person[];
  readonly tenant: Tenant;
  readonly mirror: ChannelMirror;
  /** Everything the Playgrounds keep. */
  readonly folder: string;
}

/** The Playgrounds of the demo people, each started when it is first asked for. */
export interface Theatre {
  /** Undefined for a stranger. Errors: PlaygroundError; one that did not start may be asked for again. */
  playgroundOf(personId: string): Promise<Playground | undefined>;
  readonly openPlaygrounds: () => readonly string[];
  close(): Promise<void>;
}

export const openTheatre = ({ people, tenant, mirror, folder }: TheatreParts): Theatre => {
  const playgrounds = new Map<string, Promise<Playground>>();
  const launch = (person: Person): Promise<Playground> =>
    startPlayground({
      person,
      people,
      tenant,
      botEndpoint: mirror.endpointFor(person),
      folder: path.join(folder, person.id),
    });
  return {
    playgroundOf: (personId) => {
      const person = people.find(({ id }) => id === personId);
      if (!person) return Promise.resolve(undefined);
      const started = playgrounds.get(personId) ?? launch(person);
      playgrounds.set(personId, started);
      started.catch(() => playgrounds.delete(personId));
      return started;
    },
    openPlaygrounds: () => [...playgrounds.keys()],
    close: async () => {
      await Promise.allSettled([...playgrounds.values()].map(async (playground) => (await playground).stop()));
    },
  };
};
