import type { ReadData } from "./read-data.ts";

/** What an example is given. */
export interface ExampleOptions {
  /** Reads a file of the data folder, where there is one. */
  readonly readData: ReadData;
  /** Whether to run for seconds, on less data, with a smaller model: what the tests run. */
  readonly isSmall: boolean;
  /** Takes a line about the progress. */
  readonly log: (line: string) => void;
}

/** One number of a result. */
export interface Figure {
  /** What it is, with its unit. */
  readonly name: string;
  readonly value: number;
  /** What the book or paper prints in its place. */
  readonly printed?: string;
}

/** What an example found. */
export interface ExampleResult {
  /** What it ran on. */
  readonly data: string;
  readonly figures: readonly Figure[];
  /** Text that a model wrote, each with what it was asked for. */
  readonly texts?: readonly { readonly label: string; readonly text: string }[];
  /** Drawings in SVG, by the name of their file. */
  readonly drawings?: Readonly<Record<string, string>>;
}

/** One example: what it shows, where it comes from, and the function that runs it. */
export interface Example {
  /** Its file, beside this one. */
  readonly file: string;
  readonly title: string;
  /** The chapter that it reproduces. */
  readonly source: string;
  /** Where its settings are not those of its source. */
  readonly differences: string;
  readonly run: (options: ExampleOptions) => Promise<ExampleResult>;
}
