/** Whether `ids` end with all but the last of a sequence. */
export function isAboutToComplete(ids: Int32Array, sequence: Int32Array): boolean {
  const start = ids.length - sequence.length + 1;
  if (start < 0) return false;
  for (let i = 0; i < sequence.length - 1; i++) if (ids[start + i] !== sequence[i]) return false;
  return true;
}
