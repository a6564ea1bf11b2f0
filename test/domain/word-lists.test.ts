import { describe, expect, test } from '@jest/globals';
import { languageOf, saysOnlyThanks } from '../../src/domain/word-lists.ts';

describe('a mail that only thanks', () => {
  test.each([
    'Thanks!',
    'Thank you very much.',
    'thx',
    'Thanks a lot, works great now.',
    'Hello team,\n\nthank you for the quick help!\n\nKind regards',
    'Danke!',
    'Vielen Dank, funktioniert jetzt.',
    'Hallo,\nherzlichen Dank für die schnelle Hilfe.\nMit freundlichen Grüßen',
    'Dankeschön',
    'Super, danke sehr!',
  ])('%j', (text) => {
    expect(saysOnlyThanks(text)).toBe(true);
  });

  test.each([
    '',
    'Super!',
    'It works now.',
    'Thanks, but it still burns.',
    'Thanks. Not solved.',
    'Thanks, all good now?',
    'Thanks, when will it work?',
    'Thanks, please also order toner.',
    'Danke, aber es brennt noch.',
    'Danke, geht nicht.',
    'Vielen Dank, und wann kommt der Toner',
    'Danke, kein Strom.',
    'No thanks needed: it is broken again',
    `Thanks! ${'again '.repeat(60)}`,
    'Thanks, danke',
  ])('not %j', (text) => {
    expect(saysOnlyThanks(text)).toBe(false);
  });

  test('a wish on a later line is a wish', () => {
    expect(saysOnlyThanks('Thanks!\nBest regards\nThe scanner is broken as well')).toBe(false);
    expect(saysOnlyThanks('Danke!\nViele Grüße\n\nPS: Der Scanner brennt auch')).toBe(false);
  });

  test('the sender’s name is no wish, in whatever case', () => {
    expect(saysOnlyThanks('Thanks!\nCarla')).toBe(false);
    expect(saysOnlyThanks('Thanks!\nCARLA', 'Carla Costa')).toBe(true);
    expect(saysOnlyThanks('Carla', 'Carla Costa')).toBe(false);
  });
});

describe('the language of a text', () => {
  test.each([
    ['The printer is on fire and we cannot print from here.', 'en'],
    ['Hello, please help.', 'en'],
    ['Der Drucker brennt und wir haben seit gestern kein Papier.', 'de'],
    ['Guten Tag, bitte helfen Sie mir.', 'de'],
  ] as const)('%j is %s', (text, language) => {
    expect(languageOf(text, 'en')).toBe(language);
    expect(languageOf(text, 'de')).toBe(language);
  });

  test.each(['', '12345', 'Zscaler BSOD 0x0000007B', 'プリンターが燃えている'])(
    '%j says nothing: the team’s language',
    (text) => {
      expect(languageOf(text, 'en')).toBe('en');
      expect(languageOf(text, 'de')).toBe('de');
    },
  );

  test('a long quotation in another language at the end does not count', () => {
    expect(languageOf('der '.repeat(200) + 'the '.repeat(290), 'en')).toBe('de');
    expect(
      languageOf(
        `Der Drucker ist kaputt und das ist nicht gut.\n${'-'.repeat(2_000)}${' the and is are'.repeat(500)}`,
        'en',
      ),
    ).toBe('de');
  });
});
