const SIGNATURE = 0x4c4f4347; // "GCOL"
const HEADER_BYTES = 16;

/**
 * Whether every global heap of an HDF5 file, where strings of varying length lie, is a chain of objects that fills it
 * exactly. On one that does not, the HDF5 library may search without end.
 *
 * @see "Disk Format: Level 1E, Global Heap" in the HDF5 File Format Specification 3.0.
 */
export function areGlobalHeapsSound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start + HEADER_BYTES <= bytes.length; start += 8) {
    const isHeap = view.getUint32(start, true) === SIGNATURE && view.getUint32(start + 4, true) === 1; // version 1
    if (isHeap && !isSound(view, start)) return false;
  }
  return true;
}

function isSound(view: DataView, start: number): boolean {
  const end = start + Number(view.getBigUint64(start + 8, true));
  if (!(end <= view.byteLength)) return false;
  let position = start + HEADER_BYTES;
  while (end - position >= HEADER_BYTES) {
    const size = Number(view.getBigUint64(position + 8, true));
    const isFreeSpace = view.getUint16(position, true) === 0; // whose size counts its own header
    if (isFreeSpace) return size === end - position;
    position += HEADER_BYTES + Math.ceil(size / 8) * 8;
  }
  return position <= end;
}
