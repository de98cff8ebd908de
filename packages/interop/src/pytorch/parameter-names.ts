import type { RecurrentDirection } from "../weights/network-module.ts";

/** What PyTorch calls the weights of a layer, before `_l<k>`, in the order in which it lists them. */
export const PARAMETER_NAMES: Readonly<Record<keyof RecurrentDirection, string>> = {
  inputWeight: "weight_ih",
  recurrentWeight: "weight_hh",
  inputBias: "bias_ih",
  recurrentBias: "bias_hh",
  projectionWeight: "weight_hr",
};

/** What stands behind the names of the backward direction. */
export const REVERSE = "_reverse";
