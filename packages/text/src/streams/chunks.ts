/** Parts of something long, in order: a stream of a platform, an async generator, an array. Where they are cut means nothing. */
export type Chunks<Part> = AsyncIterable<Part> | Iterable<Part>;
