import type { Parameters } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";

/** What every model of this package is to a bundle. */
export interface Model {
  /** Its name in the table of types and in `config.json`. */
  readonly type: string;
  /** Plain JSON, from which a model of the same form can be made. */
  readonly config: object;
  /** Owned by the model. */
  readonly parameters: Parameters;
  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void;
}

/** The name and the shape of a parameter. */
export type NamedShape = readonly [name: string, shape: readonly number[]];

/** How the models of one type are rebuilt from a bundle. */
export interface ModelType<Config, M extends Model, Vocabularies extends Readonly<Record<string, number>>> {
  /** The config with its defaults. Throws unless `config`, which comes from a file, is one. */
  readonly check: (caller: string, config: Config) => Config;
  /** The parameters of a model in their order, one after the other: made only as far as they are asked for. */
  readonly shapes: (config: Config) => Iterable<NamedShape>;
  /** The vocabularies that the model cannot do without, and how many tokens each must hold. */
  readonly vocabularies: (config: Config) => Vocabularies;
  readonly make: (config: Config, options: { readonly generator: Generator }) => M;
}
