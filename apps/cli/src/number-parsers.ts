import { InvalidArgumentError } from "commander";

// Parsers of numbers in options: each refuses what is outside of its range, and says what the range is.

function number(isValid: (value: number) => boolean, rule: string) {
  return (text: string): number => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (!isValid(value)) throw new InvalidArgumentError(`It must be ${rule}.`);
    return value;
  };
}

export const count = number((value) => Number.isSafeInteger(value) && value >= 1, "a positive integer");
export const countOrZero = number(
  (value) => Number.isSafeInteger(value) && value >= 0,
  "an integer that is not negative",
);
export const decimals = number(
  (value) => Number.isInteger(value) && value >= 0 && value <= 17,
  "an integer from 0 to 17",
);
export const seed = number(
  (value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff,
  "an integer from 0 to 4294967295",
);
export const positive = number((value) => value > 0 && value < Infinity, "a positive number");
export const notNegative = number((value) => value >= 0 && value < Infinity, "a number that is not negative");
export const fraction = number((value) => value > 0 && value < 1, "a number between 0 and 1");
