type Malformed = (got: string) => RangeError;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** The text that stands between tags, with `\n` for each line end and entities resolved. */
export function decodeXmlText(text: string, malformed: Malformed): string {
  if (text.includes("]]>")) throw malformed("]]> in text");
  return resolved(text.replace(/\r\n?/g, "\n"), malformed);
}

/** The attributes of a tag, from what follows its name. */
export function xmlAttributes(text: string, malformed: Malformed): Map<string, string> {
  const attributes = new Map<string, string>();
  const attribute = /[ \t\r\n]+([^ \t\r\n=<>"'/]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/y;
  let end = 0;
  for (let match; (match = attribute.exec(text)); end = attribute.lastIndex) {
    const name = match[1]!;
    if (attributes.has(name)) throw malformed(`the attribute ${name} twice`);
    attributes.set(name, resolved((match[2] ?? match[3]!).replace(/\r\n|[\t\r\n]/g, " "), malformed));
  }
  const rest = text.slice(end).trim();
  if (rest !== "") throw malformed(`${rest.slice(0, 20)} in a tag`);
  return attributes;
}

function resolved(text: string, malformed: Malformed): string {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) throw malformed(`the character ${JSON.stringify(forbidden[0])}`);
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6};|#[0-9]{1,7};|[^\s;&<]*;?)/g, (entity, body: string) => {
    const name = body.slice(0, -1);
    const code = name.startsWith("#x") ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isCharacter = name.startsWith("#") && code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
    const character = isCharacter
      ? String.fromCodePoint(code)
      : Object.hasOwn(ENTITIES, name)
        ? ENTITIES[name]
        : undefined;
    if (!body.endsWith(";") || character === undefined || FORBIDDEN.test(character)) throw malformed(entity);
    return character;
  });
}
