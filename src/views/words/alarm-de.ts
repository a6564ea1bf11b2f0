import type { AlarmWords } from './alarm-words.ts';

export const alarmDe: AlarmWords = {
  alarm: {
    silentTitle: 'Der Desk war unbewacht',
    silent:
      'In dieser Zeit sah niemand nach den Uhren der Tickets: kein Alarm, keine Erinnerung und kein selbsttätiger Schritt kam zu seiner Zeit.',
    span: (from, until) => `Von ${from} bis ${until}`,
    tookOver: (before, by) => `${before} verstummte, ohne sich abzumelden; ${by} hat übernommen.`,
    wokeUp: (by) => `${by} stand still und arbeitet jetzt weiter.`,
    caughtUp: 'Was inzwischen fällig wurde, wird jetzt getan und versandt: spät, aber nichts ist verloren.',
    checkSilent: (before) =>
      `Bitte nach ${before} sehen: Wurde er beendet, hängt er, oder erreicht er seine Datenbank nicht? Wenn er hängt, beenden, und dann neu starten.`,
    lateTitle: 'Es wird nicht alles versandt',
    late: (what, since) => `${what}: Das am längsten Überfällige sollte ${since} hinausgehen und wartet noch.`,
    keptNotLost: 'Nichts ist verloren: Es ist aufbewahrt und geht hinaus, sobald ein Prozess wieder sendet.',
    checkLate:
      'Bitte prüfen, ob der Prozess des Desks läuft, und in seinem Protokoll nach „loop-fault“ suchen. Ein Neustart des Prozesses schadet nicht.',
    foundBy: (by) => `Bemerkt von ${by}`,
    channel: { teams: 'Karten und Hinweise in Teams', mail: 'Mails an Kunden', 'internal-mail': 'Mails im Haus' },
  },
};
