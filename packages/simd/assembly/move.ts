/** Copies floats. For a short run `memory.copy` costs more than the copying: V8 leaves WebAssembly for it. */
// @ts-ignore: decorator
@inline
export function copyFloats(target: usize, source: usize, count: i32): void {
  if (count > LONG) return memory.copy(target, source, <usize>count << 2);
  const whole = target + (<usize>(count & ~3) << 2), end = target + (<usize>count << 2);
  for (; target < whole; target += 16) {
    v128.store(target, v128.load(source));
    source += 16;
  }
  for (; target < end; target += 4) {
    store<i32>(target, load<i32>(source));
    source += 4;
  }
}

const LONG: i32 = 256;

/** Eight zeros. */
// @ts-ignore: decorator
@inline
export function zeroPanelRow(target: usize): void {
  v128.store(target, i32x4.splat(0));
  v128.store(target, i32x4.splat(0), 16);
}
