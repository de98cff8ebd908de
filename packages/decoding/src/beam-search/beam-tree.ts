import { checkPositiveInteger } from "../check-positive-integer.ts";
import { decodingRequest } from "../decoding-options.ts";
import { runSearches } from "../run-searches.ts";
import type { Stepper } from "../stepper.ts";
import { topK } from "../top-k.ts";
import type { Beam } from "./beam.ts";
import type { BeamObserver } from "./beam-observer.ts";
import { beamRequest } from "./beam-request.ts";
import type { BeamSearchOptions } from "./beam-search-options.ts";
import { beamSearcher, type RankedHypotheses } from "./beam-searcher.ts";
import { candidateOf } from "./scored-row.ts";

/** A sequence that a beam search looked at. */
export interface BeamTreeNode {
  /** The index of the node of the sequence without its last token; -1 for the root, the sequence without a token. */
  readonly parent: number;
  /** The last token; -1 for the root. */
  readonly token: number;
  /** The number of tokens. */
  readonly length: number;
  /** The sum over the tokens of their log-probabilities, as processors left them. */
  readonly logProbability: number;
  /** `logProbability / lengthPenalty(length)`; 0 for the root. */
  readonly score: number;
  /** Whether the sequence went on, ended and competed for a place among the hypotheses, or fell out of the beam. */
  readonly fate: "kept" | "ended" | "pruned";
}

/** A beam search as plain data, for drawing. */
export interface BeamTree {
  /** The root first, every other node after its parent. */
  readonly nodes: readonly BeamTreeNode[];
  readonly hypotheses: RankedHypotheses;
  /** The index of the node of each hypothesis. */
  readonly hypothesisNodes: readonly number[];
}

/** What {@link beamTree} needs to know. */
export interface BeamTreeOptions extends BeamSearchOptions {
  /**
   * How many continuations of each live sequence become nodes, the best of them, besides those that stay. Default the beam
   * width: where nothing is refilled no other could have stayed. Infinity for all that are possible.
   */
  readonly numContinuations?: number;
}

type GrowingNode = { -readonly [Field in keyof BeamTreeNode]: BeamTreeNode[Field] };

/**
 * `beamSearch` with the record of what it looked at, what it kept and what it dropped.
 *
 * @param stepper borrowed.
 * @returns the caller's, JSON but for the typed arrays of the hypotheses.
 * @throws RangeError as `beamSearch` does.
 */
export async function beamTree<State>(
  stepper: Stepper<State>,
  { numContinuations, ...options }: BeamTreeOptions,
): Promise<BeamTree> {
  const request = beamRequest(decodingRequest("beamTree", stepper.vocabSize, options), options);
  const count = numContinuations ?? request.beamWidth;
  if (count !== Infinity) checkPositiveInteger("beamTree", "numContinuations", count);

  const nodes: GrowingNode[] = [{ parent: -1, token: -1, length: 0, logProbability: 0, score: 0, fate: "kept" }];
  const children: Map<number, number>[] = [new Map()];
  const addNode = (parent: number, token: number, logProbability: number): number => {
    const length = nodes[parent]!.length + 1;
    const score = logProbability / request.lengthPenalty(length);
    nodes.push({ parent, token, length, logProbability, score, fate: "pruned" });
    children.push(new Map());
    children[parent]!.set(token, nodes.length - 1);
    return nodes.length - 1;
  };
  const nodeOf = (beam: Beam): number => {
    if (!beam.parent) return 0;
    const parent = nodeOf(beam.parent);
    return children[parent]!.get(beam.token) ?? addNode(parent, beam.token, beam.sum);
  };
  const observer: BeamObserver = {
    expanded(beam, row) {
      const parent = nodeOf(beam);
      const best = topK(row.scores, Math.min(count, row.scores.length));
      for (const token of best) addNode(parent, token, candidateOf(row, token).sum);
    },
    chosen({ live, ending }) {
      for (const beam of live) nodes[nodeOf(beam)]!.fate = "kept";
      for (const beam of ending) nodes[nodeOf(beam)]!.fate = "ended";
    },
  };
  const [hypotheses] = await runSearches(stepper, [beamSearcher(request, { observer })], options.signal);
  const hypothesisNodes = hypotheses!.map(({ tokens }) =>
    tokens.reduce((node, token) => children[node]!.get(token)!, 0),
  );
  return { nodes, hypotheses: hypotheses!, hypothesisNodes };
}
