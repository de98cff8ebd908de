import { createHash } from "node:crypto";
import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type SafetensorsDtype, toFloat32 } from "../src/index.ts";

interface File {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Name, dtype, shape and the bytes in hexadecimal, in the order of the names' UTF-8. */
  readonly tensors: readonly (readonly [string, SafetensorsDtype, readonly number[], string])[];
  readonly file: string;
}

const { source, command, cases } = golden<{
  readonly files: readonly File[];
  readonly sha256: Readonly<Record<"F16" | "BF16" | Float8, string>>;
}>(import.meta.url, "safetensors-files");

type Float8 = "F8_E4M3" | "F8_E5M2" | "F8_E8M0" | "F8_E4M3FNUZ" | "F8_E5M2FNUZ";

const hex = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("hex");

describe(`files equal those of ${source} (${command})`, () => {
  it.each(cases.files)("decodeSafetensors of a file with $name gives its tensors", (expected) => {
    const { tensors, metadata } = decodeSafetensors(Buffer.from(expected.file, "base64"));
    const read = [...tensors].map(([name, { dtype, shape, data }]) => [name, dtype, shape, hex(data)] as const);
    read.sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect(read).toEqual(expected.tensors);
    expect(metadata).toEqual(new Map(Object.entries(expected.metadata)));
  });

  it.each(cases.files)("encodeSafetensors writes the bytes of a file with $name, whatever the order", (expected) => {
    const bytes = Buffer.from(expected.file, "base64");
    const { tensors, metadata } = decodeSafetensors(bytes);
    expect(hex(encodeSafetensors(tensors, { metadata }))).toBe(hex(bytes));
    const reversed = Object.fromEntries([...tensors].reverse());
    expect(hex(encodeSafetensors(reversed, { metadata: Object.fromEntries(metadata) }))).toBe(hex(bytes));
  });

  it.each(["F16", "BF16"] as const)("toFloat32 of all 65536 patterns of %s", (dtype) => {
    const data = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
    const floats = toFloat32({ dtype, shape: [0x10000], data });
    expect(digest(floats)).toBe(cases.sha256[dtype]);
  });

  it.each(["F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"] as const)(
    "toFloat32 of all 256 patterns of %s",
    (dtype) => {
      const data = Uint8Array.from({ length: 256 }, (_, bits) => bits);
      expect(digest(toFloat32({ dtype, shape: [256], data }))).toBe(cases.sha256[dtype]);
    },
  );
});

function digest(floats: Float32Array): string {
  const words = new Uint32Array(floats.buffer).map((word, i) => (Number.isNaN(floats[i]) ? 0x7fc00000 : word));
  return createHash("sha256").update(words).digest("hex");
}
