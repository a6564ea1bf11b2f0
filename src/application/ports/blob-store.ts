/**
 * Bodies and attachments, kept by the sha-256 of their bytes (hex). Written before the batch that names them; orphans are
 * swept after a day.
 */
export interface BlobStore {
  /** Keeps the bytes durably and returns their sha-256 in hex; keeping the same bytes again is harmless. */
  put(bytes: Uint8Array): Promise<string>;
  get(sha256: string): Promise<Uint8Array | undefined>;
  delete(sha256: string): Promise<void>;
}
