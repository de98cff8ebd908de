/** Numbers one after the other, of which nobody knows beforehand how many there will be. */
export interface NumberList {
  readonly length: number;
  /** Makes room for so many more in `part`, from `used` on. */
  reserve(numMore: number): void;
  readonly part: Int32Array;
  /** How many numbers of `part` are in the list; who writes more behind them adds to it. */
  used: number;
  /** How often each number below `size` occurs. */
  counts(size: number): Int32Array;
  /** For each number what stands at its place in `values`. */
  lookUp(values: Int32Array): Int32Array;
}

const PART_LENGTH = 1 << 16;

/** A list in parts, so that none is copied when it grows. */
export function numberList(): NumberList {
  const full: Int32Array[] = [];
  const parts = () => [...full, list.part.subarray(0, list.used)];
  const list = {
    part: new Int32Array(PART_LENGTH),
    used: 0,
    get length() {
      return full.reduce((total, part) => total + part.length, this.used);
    },
    reserve(numMore: number) {
      if (this.used + numMore <= this.part.length) return;
      full.push(this.part.subarray(0, this.used));
      this.part = new Int32Array(Math.max(numMore, PART_LENGTH));
      this.used = 0;
    },
    counts(size: number) {
      const result = new Int32Array(size);
      for (const part of parts()) for (let i = 0; i < part.length; i++) result[part[i]!]!++;
      return result;
    },
    lookUp(values: Int32Array) {
      const result = new Int32Array(this.length);
      let length = 0;
      for (const part of parts()) {
        for (let i = 0; i < part.length; i++) result[length + i] = values[part[i]!]!;
        length += part.length;
      }
      return result;
    },
  };
  return list;
}
