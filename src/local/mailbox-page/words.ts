const en = {
  title: 'Mailboxes',
  home: 'Start page',
  intro: 'Play a customer: read what the desk wrote, answer, or write a new mail.',
  skip: 'Skip to content',
  trail: 'Where you are',
  languages: 'Language',
  mailbox: 'Mailbox',
  address: 'Address',
  threads: 'Conversations',
  noMailboxes: 'There is no mailbox yet.',
  noThreads: 'No mail here yet. Write one, or wait for an answer.',
  subject: 'Subject',
  noSubject: '(no subject)',
  from: 'From',
  to: 'To',
  date: 'Date',
  messages: 'Messages',
  write: 'Write a mail',
  reply: 'Reply',
  text: 'Message',
  files: 'Files',
  filesHint: 'About 18 MB together at most.',
  toHint: 'One or more addresses, separated by commas.',
  send: 'Send',
  attachments: 'Attachments',
  raw: 'Original (.eml)',
  tooLong: 'This mail is too long to show here: open the original.',
  emptyBody: '(empty)',
  sent: 'The mail was sent.',
  problem: 'The mail was not sent.',
  toMissing: 'Say to whom: at least one address such as support@contoso.example.',
  toUnknown: 'No mailbox here has this address:',
  textMissing: 'Write something or add a file.',
  refused: 'The mail server refused it:',
  tooLarge: 'The mail is too large: files of about 18 MB together are the limit.',
  notFound: 'There is nothing here.',
  forbidden: 'This request came from another site and was refused.',
  badForm: 'The form could not be read.',
  badMethod: 'This page can only be read, or sent as a form.',
  back: 'Back',
  unknownSender: '(unknown sender)',
} as const;

export type Word = keyof typeof en;
type Words = Readonly<Record<Word, string>>;

const de: Words = {
  title: 'Postfächer',
  home: 'Startseite',
  intro: 'Spiele einen Kunden: lies, was der Desk schrieb, antworte oder schreibe eine neue Mail.',
  skip: 'Zum Inhalt springen',
  trail: 'Wo du bist',
  languages: 'Sprache',
  mailbox: 'Postfach',
  address: 'Adresse',
  threads: 'Unterhaltungen',
  noMailboxes: 'Es gibt noch kein Postfach.',
  noThreads: 'Hier ist noch keine Mail. Schreibe eine, oder warte auf eine Antwort.',
  subject: 'Betreff',
  noSubject: '(ohne Betreff)',
  from: 'Von',
  to: 'An',
  date: 'Datum',
  messages: 'Nachrichten',
  write: 'Mail schreiben',
  reply: 'Antworten',
  text: 'Nachricht',
  files: 'Dateien',
  filesHint: 'Zusammen höchstens etwa 18 MB.',
  toHint: 'Eine oder mehrere Adressen, mit Komma getrennt.',
  send: 'Senden',
  attachments: 'Anhänge',
  raw: 'Original (.eml)',
  tooLong: 'Diese Mail ist zu lang, um sie hier zu zeigen: öffne das Original.',
  emptyBody: '(leer)',
  sent: 'Die Mail wurde gesendet.',
  problem: 'Die Mail wurde nicht gesendet.',
  toMissing: 'Sag, an wen: mindestens eine Adresse wie support@contoso.example.',
  toUnknown: 'Kein Postfach hier hat diese Adresse:',
  textMissing: 'Schreibe etwas oder füge eine Datei an.',
  refused: 'Der Mailserver hat sie abgelehnt:',
  tooLarge: 'Die Mail ist zu groß: Dateien von zusammen etwa 18 MB sind die Grenze.',
  notFound: 'Hier ist nichts.',
  forbidden: 'Diese Anfrage kam von einer anderen Seite und wurde abgelehnt.',
  badForm: 'Das Formular war nicht lesbar.',
  badMethod: 'Diese Seite kann man nur lesen oder als Formular absenden.',
  back: 'Zurück',
  unknownSender: '(unbekannter Absender)',
};

const LANGUAGES = { en, de } as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);

/** The asked one, else the first of Accept-Language that is known (its order is nearly always that of its weights), else English. */
export const languageOf = (asked: string | null, acceptLanguage: string): Language => {
  const wishes = [asked ?? '', ...acceptLanguage.split(',').map((wish) => wish.trim())];
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
};

export const wordsOf = (language: Language): Words => LANGUAGES[language];
