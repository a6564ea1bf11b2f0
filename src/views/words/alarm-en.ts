import type { AlarmWords } from './alarm-words.ts';

export const alarmEn: AlarmWords = {
  alarm: {
    silentTitle: 'The desk was not watched',
    silent: 'Meanwhile no clock of a ticket was looked at: no alert, reminder or automatic step came at its time.',
    span: (from, until) => `From ${from} to ${until}`,
    tookOver: (before, by) => `${before} fell silent without saying goodbye; ${by} took over.`,
    wokeUp: (by) => `${by} stood still, and goes on now.`,
    caughtUp: 'What came due meanwhile is being done and sent now: late, but nothing is lost.',
    checkSilent: (before) =>
      `Please look after ${before}: was it killed, does it hang, or does it not reach its database? End it if it hangs, and start it again.`,
    lateTitle: 'Something is not being sent',
    late: (what, since) => `${what}: the longest overdue should have gone out at ${since}, and it still waits.`,
    keptNotLost: 'Nothing is lost: it is kept, and goes out as soon as a process sends again.',
    checkLate:
      'Please check that the desk’s process runs, and look in its log for "loop-fault". A restart of the process does no harm.',
    foundBy: (by) => `Found out by ${by}`,
    channel: { teams: 'Cards and notices in Teams', mail: 'Mail to customers', 'internal-mail': 'Mail to colleagues' },
  },
};
