export { decodeSafetensors, type Safetensors } from "./decode-safetensors.ts";
export { encodeSafetensors } from "./encode-safetensors.ts";
export { type SafetensorsDtype, type SafetensorsTensor } from "./safetensors-tensor.ts";
export { toFloat32 } from "./to-float32.ts";
