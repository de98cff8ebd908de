/** A tensor or an array of the wrong shape. The message names the function, the argument, the rule and the shape found. */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
}
