import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  collapseWhitespace,
  d2lTranslationText,
  foldCase,
  lettersOnly,
  lettersOnlyLines,
  maskDigits,
  maskNumbers,
  maskUrls,
  normalizeUnicode,
  replaceNoBreakSpaces,
  words,
} from "../src/index.ts";

const { source, cases } = golden<{
  readonly texts: readonly {
    readonly raw: string;
    readonly letters: string;
    readonly translation: string;
    readonly collapsed: string;
  }[];
  readonly folded: Readonly<Record<string, string>>;
  readonly unassigned: readonly (readonly [first: number, last: number])[];
}>(import.meta.url, "d2l-cleaning");

const texts = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

describe("lettersOnly", () => {
  it.each(cases.texts)(`lettersOnly($raw) equals ${source}`, ({ raw, letters }) => {
    expect(lettersOnly(raw)).toBe(letters);
  });

  it("lettersOnly(text) has the words of lettersOnlyLines(text), for any text", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(words.encode(lettersOnly(text))).toEqual(words.encode(lettersOnlyLines(text).join(" ")));
      }),
    );
  });
});

describe("d2lTranslationText", () => {
  it.each(cases.texts)(`d2lTranslationText($raw) equals ${source}`, ({ raw, translation }) => {
    expect(d2lTranslationText(raw)).toBe(translation);
  });
});

describe("collapseWhitespace", () => {
  it.each(cases.texts)(`collapseWhitespace($raw) equals ${source}`, ({ raw, collapsed }) => {
    expect(collapseWhitespace(raw)).toBe(collapsed);
  });
});

describe("foldCase", () => {
  it(`foldCase(character) equals ${source} for every character that is assigned there`, () => {
    const isUnassigned = (code: number) => cases.unassigned.some(([first, last]) => first <= code && code <= last);
    const different: string[] = [];
    for (let code = 0; code < 0x20000; code++) {
      const character = String.fromCodePoint(code);
      if (foldCase(character) !== (cases.folded[character] ?? character) && !isUnassigned(code))
        different.push(character);
    }
    expect(different).toEqual([]);
  });

  it.each([
    ["Straße STRASSE", "strasse strasse"],
    ["ΟΔΟΣ οδος Σ", "οδοσ οδοσ σ"],
    ["DIYARBAKIR diyarbakır İ", "diyarbakir diyarbakır i\u0307"],
    ["\ufb01 \u0149 \u01f0", "fi \u02bcn j\u030c"],
    ["\ud83dA\ude00", "\ud83da\ude00"],
  ])("foldCase(%j) is %j", (text, folded) => {
    expect(foldCase(text)).toBe(folded);
  });

  it("foldCase(text) folds text of both cases alike, and twice as once", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(foldCase(foldCase(text))).toBe(foldCase(text));
      }),
    );
  });
});

describe("normalizeUnicode", () => {
  it.each([
    [undefined, "\u00e9 \ufb01 \u00b2 \u00a0"],
    ["NFC", "\u00e9 \ufb01 \u00b2 \u00a0"],
    ["NFD", "e\u0301 \ufb01 \u00b2 \u00a0"],
    ["NFKC", "\u00e9 fi 2  "],
    ["NFKD", "e\u0301 fi 2  "],
  ] as const)("normalizeUnicode(text, { form: %j })", (form, normal) => {
    expect(normalizeUnicode("e\u0301 \ufb01 \u00b2 \u00a0", form && { form })).toBe(normal);
  });

  it.each(["nfc", "", "NFX", null])("throws a RangeError for the form %j", (form) => {
    expect(() => normalizeUnicode("a", { form: form as "NFC" })).toThrow(
      new RangeError(`normalizeUnicode: form must be one of NFC, NFD, NFKC, NFKD, got ${form}`),
    );
  });
});

describe("replaceNoBreakSpaces", () => {
  it("replaceNoBreakSpaces(text) makes spaces of U+00A0 and U+202F, and of nothing else", () => {
    expect(replaceNoBreakSpaces("a\u00a0b\u202fc\u2009d e\u3000")).toBe("a b c\u2009d e\u3000");
  });
});

describe("maskDigits", () => {
  it.each([
    ["in 1895, B2", undefined, "in 0000, B0"],
    ["٣४७ ½²Ⅷ", undefined, "000 ½²Ⅷ"],
    ["\u{1d7d8}1", "#", "##"],
    ["a1", "$&", "a$&"],
    ["12", "", ""],
    ["", undefined, ""],
  ])("maskDigits(%j, { mask: %j }) is %j", (text, mask, masked) => {
    expect(maskDigits(text, mask === undefined ? {} : { mask })).toBe(masked);
  });
});

describe("maskNumbers", () => {
  it.each([
    ["It cost 1,024.50 in 1895.", "It cost <num> in <num>."],
    ["-5 +3 50% $3.88 3kg B2 x_1 1st", "-<num> +<num> <num>% $<num> 3kg B2 x_1 1st"],
    ["1'000 2019/20 10:30 1,2,3 4.", "<num> <num>/<num> <num>:<num> <num> <num>."],
    ["٣٤ ४२ 12e5", "<num> <num> 12e5"],
    ["", ""],
  ])("maskNumbers(%j) is %j", (text, masked) => {
    expect(maskNumbers(text)).toBe(masked);
  });

  it("maskNumbers(text, { mask }) takes the mask as it is", () => {
    expect(maskNumbers("a 1", { mask: "$1$&" })).toBe("a $1$&");
  });
});

describe("maskUrls", () => {
  it.each([
    ["See http://example.com/a?b=c&d#e.", "See <url>."],
    ["(https://example.com), www.example.org!", "(<url>), <url>!"],
    ["HTTPS://EXAMPLE.COM/x_(y)_z and ftp://a.b/c;", "<url> and <url>;"],
    ["https://de.wikipedia.org/wiki/Zeit_(Roman)", "<url>"],
    ["https://de.wikipedia.org/wiki/Zeit_(Roman).", "<url>."],
    ['"http://a.b" <http://c.d> “http://e.f”', '"<url>" <<url>> “<url>”'],
    ["http://例え.jp/経路 http://x.y/\u{1f600}", "<url> <url>"],
    ["example.com, http, http://, www. xhttp://a.b", "example.com, http, http://, www. xhttp://a.b"],
    ["", ""],
  ])("maskUrls(%j) is %j", (text, masked) => {
    expect(maskUrls(text)).toBe(masked);
  });

  it("maskUrls(text, { mask }) takes the mask as it is", () => {
    expect(maskUrls("http://a.b", { mask: "$&" })).toBe("$&");
  });

  it("maskUrls(text) takes time in proportion to the text where addresses never end", () => {
    const startMs = performance.now();
    for (const part of ["http://", "http://(", "www.(a", "http://a((", "www.......", "http://a,,,,"])
      maskUrls(part.repeat(20_000));
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe("every cleaning function", () => {
  it.each([
    lettersOnly,
    lettersOnlyLines,
    d2lTranslationText,
    collapseWhitespace,
    foldCase,
    normalizeUnicode,
    replaceNoBreakSpaces,
    maskDigits,
    maskNumbers,
    maskUrls,
  ])("$name throws a TypeError for what is not a string", (clean) => {
    for (const [text, name] of [
      [undefined, "undefined"],
      [null, "null"],
      [7, "number"],
      [["a"], "object"],
    ] as const) {
      expect(() => clean(text as unknown as string)).toThrow(
        new TypeError(`${clean.name}: text must be a string, got ${name}`),
      );
    }
  });

  it.each([maskDigits, maskNumbers, maskUrls])("$name throws a TypeError for a mask that is not a string", (clean) => {
    expect(() => clean("a", { mask: 0 as unknown as string })).toThrow(
      new TypeError(`${clean.name}: mask must be a string, got number`),
    );
  });
});
