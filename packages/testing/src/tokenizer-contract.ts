export function tokenizerContract(): void {}
