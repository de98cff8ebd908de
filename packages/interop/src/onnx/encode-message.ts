import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { MESSAGES, type ModelProto } from "./onnx-messages.ts";

/** The bytes of a model in the protocol buffers of onnx.proto. */
export function encodeModelProto(model: ModelProto): Uint8Array<ArrayBuffer> {
  return write(new BinaryWriter(), "ModelProto", model).finish();
}

function write(writer: BinaryWriter, messageName: string, message: object): BinaryWriter {
  const fields: Readonly<Record<string, readonly [number, string]>> = MESSAGES[messageName as keyof typeof MESSAGES];
  for (const [name, value] of Object.entries(message)) {
    const [number, type] = fields[name]!;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (type === "int64") writer.tag(number, WireType.Varint).int64(item as number);
      else if (type === "string") writer.tag(number, WireType.LengthDelimited).string(item as string);
      else if (type === "bytes") writer.tag(number, WireType.LengthDelimited).bytes(item as Uint8Array);
      else write(writer.tag(number, WireType.LengthDelimited).fork(), type, item as object).join();
    }
  }
  return writer;
}
