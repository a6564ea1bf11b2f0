export interface Post {
  readonly contentType: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** One POST without following redirects; undefined when no answer came in time. */
export const post = async (url: string, call: Post): Promise<PostAnswer | undefined> => {
  const timeout = AbortSignal.timeout(call.timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': call.contentType },
      body: call.body,
      redirect: 'manual',
      signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text: await response.text() };
  } catch {
    return undefined; // refused, cut off or too late: to Graph it is all the same
  }
};
