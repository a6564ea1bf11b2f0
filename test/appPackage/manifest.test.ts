import { describe, expect, it } from '@jest/globals';
import { type AppPackage, type JsonObject, faultsIn, readAppPackage } from './app-package.ts';

const changed = (change: JsonObject): AppPackage => {
  const app = readAppPackage();
  return { ...app, manifest: { ...app.manifest, ...change } };
};

const without = (field: string): AppPackage => {
  const app = readAppPackage();
  const manifest = Object.fromEntries(Object.entries(app.manifest).filter(([key]) => key !== field));
  return { ...app, manifest };
};

const german = (change: (texts: JsonObject) => JsonObject): AppPackage => {
  const app = readAppPackage();
  return { ...app, languages: { 'de.json': change(app.languages['de.json'] ?? {}) } };
};

const withPicture = (file: string, bytes: Uint8Array): AppPackage => {
  const app = readAppPackage();
  return { ...app, pictures: { ...app.pictures, [file]: bytes } };
};

const picture = (file: string): Uint8Array => readAppPackage().pictures[file] ?? new Uint8Array();

describe('the Teams app package', () => {
  it('can be uploaded to Teams', () => expect(faultsIn(readAppPackage())).toEqual([]));

  it('offers the six commands in chats with one person, in teams and in group chats', () => {
    const commands = ['help', 'queue', 'mine', 'next', 'ticket', 'new'].map((title) =>
      expect.objectContaining({ title, description: expect.any(String) }),
    );
    expect(readAppPackage().manifest['bots']).toMatchObject([
      {
        scopes: ['personal', 'team', 'groupChat'],
        commandLists: [
          { scopes: ['personal'], commands },
          { scopes: ['team'], commands },
          { scopes: ['groupChat'], commands },
        ],
      },
    ]);
  });
});

describe('a fault in the manifest is refused', () => {
  it('a required field is missing', () =>
    expect(faultsIn(without('accentColor'))).toEqual(["manifest must have required property 'accentColor'"]));

  it('a field Teams does not know', () =>
    expect(faultsIn(changed({ owner: 'Ana' }))).toEqual(['manifest must NOT have additional properties']));

  it('an id that is no GUID', () =>
    expect(faultsIn(changed({ id: 'itil-next' }))).toEqual([
      expect.stringContaining('manifest/id must match pattern'),
    ]));

  it('another version than the schema it is checked against', () =>
    expect(faultsIn(changed({ manifestVersion: '1.29' }))).toEqual([
      'manifest/manifestVersion must be equal to constant',
    ]));

  it('a placeholder that nothing fills in', () =>
    expect(faultsIn(changed({ version: '${{APP_VERSION}}' }))).toEqual(['manifest version keeps ${{APP_VERSION}}']));
});

describe('a fault in a language is refused', () => {
  it('a text longer than Teams shows', () =>
    expect(faultsIn(german((texts) => ({ ...texts, 'name.short': 'Ticketpult '.repeat(3) })))).toEqual([
      'de.json/name.short must NOT have more than 30 characters',
    ]));

  it('a text left untranslated', () => {
    const left = 'bots[0].commandLists[2].commands[5].description';
    const texts = (all: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(all).filter(([key]) => key !== left));
    expect(faultsIn(german(texts))).toEqual([`de.json does not translate ${left}`]);
  });

  it('a translated command word, which the bot would not understand', () =>
    expect(faultsIn(german((texts) => ({ ...texts, 'bots[0].commandLists[0].commands[0].title': 'hilfe' })))).toEqual([
      'de.json translates bots[0].commandLists[0].commands[0].title, which no one reads',
    ]));

  it('a listed file that is not there', () =>
    expect(faultsIn({ ...readAppPackage(), languages: {} })).toEqual(['de.json is listed and missing']));
});

describe('a fault in an icon is refused', () => {
  it('the wrong size', () =>
    expect(faultsIn(withPicture('color.png', picture('outline.png')))).toEqual([
      'color.png is 32x32, Teams wants 192x192',
    ]));

  it('no PNG at all', () =>
    expect(
      faultsIn(withPicture('color.png', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))),
    ).toEqual(['color.png is no PNG']));

  it('no file', () =>
    expect(faultsIn({ ...readAppPackage(), pictures: { 'color.png': picture('color.png') } })).toEqual([
      'outline.png is missing',
    ]));

  it('an outline without transparency', () => {
    const opaque = Uint8Array.from(picture('outline.png'));
    opaque[25] = 2;
    expect(faultsIn(withPicture('outline.png', opaque))).toEqual(['outline.png has no transparency']);
  });
});
