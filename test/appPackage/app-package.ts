import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import localizationSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json' with { type: 'json' };
import manifestSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json' with { type: 'json' };

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The Teams app as it would be uploaded: placeholders filled in, other files by name. */
export interface AppPackage {
  manifest: JsonObject;
  languages: Record<string, JsonObject>;
  pictures: Record<string, Uint8Array>;
}

const folder = new URL('../../appPackage/', import.meta.url);
const settings: Record<string, string> = {
  TEAMS_APP_ID: '6f0c2a51-8a8e-4a55-9d6e-0f6a4c7b1d20',
  BOT_ID: 'b7d9e1c4-3f52-4c0b-8e17-2a9d5c6f8e31',
};

const filledIn = (text: string): string =>
  text.replaceAll(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => settings[name] ?? placeholder);

const jsonOf = (file: string): JsonObject => JSON.parse(filledIn(readFileSync(new URL(file, folder), 'utf8')));

/** The package of the repository, with made-up ids in the place of its placeholders. */
export const readAppPackage = (): AppPackage => ({
  manifest: jsonOf('manifest.json'),
  languages: { 'de.json': jsonOf('de.json') },
  pictures: Object.fromEntries(
    ['color.png', 'outline.png'].map((file) => [file, readFileSync(new URL(file, folder))] as const),
  ),
});

// The vendor's schemas carry keywords of later drafts (const) and patterns that are no unicode patterns: strict mode would
// refuse the schema, not the manifest.
const ajv = new draft04.default({
  allErrors: true,
  strict: false,
  unicodeRegExp: false,
  formats: { uri: (text: string) => URL.canParse(text) },
});
const manifestIsValid = ajv.compile(manifestSchema);
const languageIsValid = ajv.compile(localizationSchema);

type Check = typeof manifestIsValid;

const schemaFaults = (file: string, valid: Check, value: unknown): string[] =>
  valid(value) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${file}${instancePath} ${message}`);

/** Every text a person reads, by the path a language file names it with, e.g. `bots[0].commandLists[1].commands[2].title`. */
const textsOf = (value: Json | undefined, path = ''): [string, string][] => {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, path === '' ? key : `${path}.${key}`));
};

// A command's title is what the person sends and the bot reads, so it is the same word in every language.
const isTranslated = (path: string): boolean =>
  /^(name|description)\./.test(path) || /^bots\[0\]\.commandLists\[\d\]\.commands\[\d+\]\.description$/.test(path);

const translationFaults = (file: string, language: JsonObject, manifest: JsonObject): string[] => {
  const wanted = textsOf(manifest).flatMap(([path]) => (isTranslated(path) ? [path] : []));
  const given = Object.keys(language).filter((key) => key !== '$schema');
  return [
    ...wanted.filter((path) => !given.includes(path)).map((path) => `${file} does not translate ${path}`),
    ...given.filter((path) => !wanted.includes(path)).map((path) => `${file} translates ${path}, which no one reads`),
  ];
};

const languageFaults = ({ manifest, languages }: AppPackage): string[] => {
  const listed = textsOf(manifest['localizationInfo']).flatMap(([path, file]) =>
    path.endsWith('.file') ? [file] : [],
  );
  return [
    ...listed.filter((file) => !(file in languages)).map((file) => `${file} is listed and missing`),
    ...Object.entries(languages).flatMap(([file, language]) => [
      ...(listed.includes(file) ? [] : [`${file} is not listed in localizationInfo`]),
      ...schemaFaults(file, languageIsValid, language),
      ...translationFaults(file, language, manifest),
    ]),
  ];
};

const PNG_SIGNATURE = '89504e470d0a1a0a';
const RGBA = 6;

/** Signature, width, height and colour type stand in the first 26 bytes (PNG specification, IHDR). */
const pictureFault = (bytes: Uint8Array | undefined, size: number): string | undefined => {
  if (bytes === undefined) return 'is missing';
  const header = Buffer.from(bytes.subarray(0, 26));
  if (header.length < 26 || header.toString('hex', 0, 8) !== PNG_SIGNATURE) return 'is no PNG';
  const [width, height] = [header.readUInt32BE(16), header.readUInt32BE(20)];
  if (width !== size || height !== size) return `is ${width}x${height}, Teams wants ${size}x${size}`;
  return header.readUInt8(25) === RGBA ? undefined : 'has no transparency';
};

const iconFaults = ({ manifest, pictures }: AppPackage): string[] =>
  textsOf(manifest['icons']).flatMap(([slot, file]) => {
    const fault = pictureFault(pictures[file], slot === 'color' ? 192 : 32);
    return fault === undefined ? [] : [`${file} ${fault}`];
  });

const placeholderFaults = ({ manifest }: AppPackage): string[] =>
  textsOf(manifest).flatMap(([path, text]) => (text.includes('${{') ? [`manifest ${path} keeps ${text}`] : []));

/** Everything Teams would refuse or a reader would miss; an empty list is a package that can be uploaded. */
export const faultsIn = (app: AppPackage): string[] => [
  ...schemaFaults('manifest', manifestIsValid, app.manifest),
  ...placeholderFaults(app),
  ...languageFaults(app),
  ...iconFaults(app),
];
