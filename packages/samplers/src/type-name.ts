/** What a value is, for a message: "Array", "Int32Array", "Null", "String". */
export function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
