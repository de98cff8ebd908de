/** Keeps the checkpoints of one run: a folder, or whatever else can replace bytes as a whole. */
export interface CheckpointStore {
  /** The steps of which there is a checkpoint, smallest first. */
  steps(): Promise<readonly number[]>;
  /** The checkpoint of a step; the caller owns the bytes. */
  read(step: number): Promise<Uint8Array>;
  /**
   * Keeps a checkpoint, all of it or, where that fails, nothing; a process that dies on the way leaves the ones before as they
   * were. After that it may forget older ones, and forgets those of later steps: they are of a future that did not happen.
   *
   * @param bytes borrowed.
   */
  write(step: number, bytes: Uint8Array): Promise<void>;
}
