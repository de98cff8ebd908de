/** Forbids the last token of every n-gram of `text` that begins with the last n - 1 of `ids`. */
export function forbidCompletions(
  scores: Float32Array,
  { ids, text, size }: { readonly ids: Int32Array; readonly text: Int32Array; readonly size: number },
): void {
  const prefix = ids.length - size + 1;
  if (prefix < 0) return;
  for (let start = 0; start + size <= text.length; start++) {
    let matched = 0;
    while (matched < size - 1 && text[start + matched] === ids[prefix + matched]) matched++;
    if (matched === size - 1) scores[text[start + matched]!] = -Infinity;
  }
}
