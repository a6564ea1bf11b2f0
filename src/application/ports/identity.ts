/** Ids and signatures, handed in: the application imports no crypto. */
export interface Identity {
  /** A new random id (UUID). */
  random(): string;
  /** The same name always gives the same id (UUID version 5 in the desk's own name space). */
  named(name: string): string;
  /** SHA-256 as lower-case hex. */
  sha256(text: string | Uint8Array): string;
}
