/** What the Prefer header asks for. */
export interface Prefer {
  readonly immutableIds: boolean;
  readonly body: 'html' | 'text';
  readonly unsafeHtml: boolean;
  readonly pageSize: number | undefined;
}

export const readPrefer = (header: string): Prefer => ({
  immutableIds: /IdType\s*=\s*"?ImmutableId"?/i.test(header),
  body: /outlook\.body-content-type\s*=\s*"?text"?/i.test(header) ? 'text' : 'html',
  unsafeHtml: /outlook\.allow-unsafe-html/i.test(header),
  pageSize: Number(/odata\.maxpagesize\s*=\s*(\d+)/i.exec(header)?.[1] ?? 0) || undefined,
});

/** What was honoured, for the answer's Preference-Applied. */
export const preferenceApplied = (prefer: Prefer): string =>
  [
    ...(prefer.immutableIds ? ['IdType="ImmutableId"'] : []),
    ...(prefer.body === 'text' ? ['outlook.body-content-type="text"'] : []),
    ...(prefer.pageSize ? [`odata.maxpagesize=${prefer.pageSize}`] : []),
  ].join(', ');
