/** An answer that is a refusal of Graph's: HTTP status, Graph's error code and headers to send along. */
export class GraphFailure extends Error {
  override name = 'GraphFailure' as const;
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, options: { message: string; headers?: Record<string, string> }) {
    super(options.message);
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}

export const badRequest = (message: string, code = 'BadRequest'): GraphFailure =>
  new GraphFailure(400, code, { message });

export const itemNotFound = (): GraphFailure =>
  new GraphFailure(404, 'ErrorItemNotFound', { message: 'The specified object was not found in the store.' });

export const tooLarge = (message: string): GraphFailure => new GraphFailure(413, 'RequestEntityTooLarge', { message });
