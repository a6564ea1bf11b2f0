/** Where a reader of a feed had got to; saved after what stands before it is done. */
export interface Bookmarks {
  read(reader: string): Promise<string | null>;
  save(reader: string, token: string): Promise<void>;
}
