/** The largest number; 0 where there is none. */
export function maximum(numbers: Int32Array): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, numbers[i]!);
  return largest;
}
