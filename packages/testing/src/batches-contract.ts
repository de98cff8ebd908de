export function batchesContract(): void {}
