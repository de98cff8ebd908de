/** Values by name, in a Map or a record. */
export type Named<Value> = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

export function entriesOf<Value>(named: Named<Value>): Iterable<readonly [string, Value]> {
  return Symbol.iterator in named ? (named as ReadonlyMap<string, Value>) : Object.entries(named);
}
