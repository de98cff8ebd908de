/** A value of any kind and size, hostile ones included, in a few characters for an error message. */
export function showValue(value: unknown): string {
  if (!Array.isArray(value)) return showItem(value);
  return `[${value.slice(0, 8).map(showItem).join(", ")}${value.length > 8 ? ", ..." : ""}]`;
}

function showItem(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (Array.isArray(value)) return "[...]";
  return typeof value === "object" && value !== null ? "{...}" : String(value);
}
