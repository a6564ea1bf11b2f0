/** Work under way in the background, so that a test or a shutdown can wait until none is left. */
export class Pending {
  readonly #running = new Set<Promise<void>>();
  readonly #timers = new Map<NodeJS.Timeout, () => void>();
  #closed = false;

  /** Runs `work` in the background; a failure is told on the console, since nobody waits for it. */
  start(what: string, work: () => Promise<void>): void {
    if (this.#closed) return;
    const running = work().catch((cause: unknown) => {
      if (!this.#closed) console.warn(`${what} failed: ${String(cause)}`);
    });
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  /** Resolves after `ms`, or at once when closed. True when the time has really passed. */
  sleep(ms: number): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve(true);
      }, ms);
      this.#timers.set(timer, () => resolve(false));
    });
  }

  /** Resolves when nothing is under way, including what that work started in turn. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const [timer, wake] of this.#timers) {
      clearTimeout(timer);
      wake();
    }
    this.#timers.clear();
    await this.idle();
  }
}
