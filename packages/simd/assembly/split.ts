/** Where task `task` of `numTasks` begins, of `count` things split evenly in multiples of `grain`. */
export function begin(task: i32, numTasks: i32, count: i32, grain: i32): i32 {
  const grains = (count + grain - 1) / grain;
  const at = <i32>((<i64>grains * task) / numTasks) * grain;
  return at < count ? at : count;
}
