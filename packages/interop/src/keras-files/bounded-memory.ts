const PAGE_BYTES = 65536;

/**
 * Runs a synchronous call of a library in WebAssembly that gives no handle on its memory, and lets that memory grow by so
 * many bytes at most: the library is told that there is no more, which it reports, instead of believing a length in a file.
 */
export function withBoundedMemory<Result>(mostBytes: number, call: () => Result): Result {
  const prototype = WebAssembly.Memory.prototype;
  const { value: grow } = Object.getOwnPropertyDescriptor(prototype, "grow") as { value: typeof prototype.grow };
  let left = mostBytes;
  // No other code runs before it is put back, for the call is synchronous.
  prototype.grow = function (pages) {
    if (pages * PAGE_BYTES > left) throw new RangeError("a damaged file asks for more memory than it can fill");
    left -= pages * PAGE_BYTES;
    return grow.call(this, pages);
  };
  try {
    return call();
  } finally {
    prototype.grow = grow;
  }
}
