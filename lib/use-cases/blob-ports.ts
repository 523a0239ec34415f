/** A blob as a list shows it. */
export interface BlobHead {
  readonly name: string;
  readonly bytes: number;
  /** When its content was last written (ISO 8601). */
  readonly modifiedAt: string;
}

/** How a blob is written. */
export interface BlobWriting {
  /** As a reader gets it, such as `application/json`. */
  readonly contentType: string;
  /** Such as `gzip`, if the bytes are compressed and readers are to be told so; then clients may unpack them unasked. */
  readonly contentEncoding?: string;
  /** Only if there is no blob of that name; absent: it takes the place of whatever is stored. */
  readonly ifAbsent?: boolean;
}

/** A container of blobs. Names are paths with `/`. Memory is the same for any size. Throws where storage refuses. */
export interface Blobs {
  /**
   * Writes bytes as they come. The blob appears as a whole when the last one is there, or not at all. Answers false if it
   * was to be a new one and there is one of that name.
   */
  write(name: string, bytes: AsyncIterable<Uint8Array>, how: BlobWriting): Promise<boolean>;
  /** The bytes as they are stored; `undefined` if there is no such blob. */
  read(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  head(name: string): Promise<BlobHead | undefined>;
  /** Blobs whose names begin so, in the order of their names; all if nothing is given. */
  list(beginning?: string): AsyncIterable<BlobHead>;
  /** Removes a blob; false if storage holds on to it, by a lease, a legal hold or an immutability policy. */
  remove(name: string): Promise<boolean>;
}
