/** One way to break a promise of docs/architecture.md, and the test that must notice. */
export interface Mutation {
  /** What the broken code does, as a sentence. */
  readonly name: string;
  /** The promise that it breaks. */
  readonly behaviour: string;
  /** Path from the repository's root. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The file of the test, and words of its full name. */
  readonly test: { readonly file: string; readonly name: string };
}
