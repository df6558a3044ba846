// The exports of the optimizers' steps, one for each type: vectors of `count` elements without gaps, none of which
// share memory, by their addresses. Numbers come rounded to the type: a call from JavaScript does that.
import { adagradStep } from "./adagrad-step";
import { adamStep } from "./adam-step";
import { momentumStep } from "./momentum-step";
import { rmspropStep } from "./rmsprop-step";

export function momentum_step_f32(
  count: i32, p: usize, g: usize, v: usize, learningRate: f32, momentum: f32, weightDecay: f32, nesterov: bool,
): void {
  if (nesterov) momentumStep<f32>(true, count, p, g, v, learningRate, momentum, weightDecay);
  else momentumStep<f32>(false, count, p, g, v, learningRate, momentum, weightDecay);
}

export function momentum_step_f64(
  count: i32, p: usize, g: usize, v: usize, learningRate: f64, momentum: f64, weightDecay: f64, nesterov: bool,
): void {
  if (nesterov) momentumStep<f64>(true, count, p, g, v, learningRate, momentum, weightDecay);
  else momentumStep<f64>(false, count, p, g, v, learningRate, momentum, weightDecay);
}

export function adagrad_step_f32(
  count: i32, p: usize, g: usize, h: usize, learningRate: f32, weightDecay: f32, eps: f32,
): void {
  adagradStep<f32>(count, p, g, h, learningRate, weightDecay, eps);
}

export function adagrad_step_f64(
  count: i32, p: usize, g: usize, h: usize, learningRate: f64, weightDecay: f64, eps: f64,
): void {
  adagradStep<f64>(count, p, g, h, learningRate, weightDecay, eps);
}

export function rmsprop_step_f32(
  count: i32, p: usize, g: usize, h: usize, learningRate: f32, decayRate: f32, rest: f32, weightDecay: f32, eps: f32,
): void {
  rmspropStep<f32>(count, p, g, h, learningRate, decayRate, rest, weightDecay, eps);
}

export function rmsprop_step_f64(
  count: i32, p: usize, g: usize, h: usize, learningRate: f64, decayRate: f64, rest: f64, weightDecay: f64, eps: f64,
): void {
  rmspropStep<f64>(count, p, g, h, learningRate, decayRate, rest, weightDecay, eps);
}

export function adam_step_f32(
  count: i32, p: usize, g: usize, m: usize, v: usize, stepSize: f32, rootCorrection: f32, beta1: f32, rest1: f32,
  beta2: f32, rest2: f32, weightDecay: f32, keep: f32, eps: f32,
): void {
  adamStep<f32>(count, p, g, m, v, stepSize, rootCorrection, beta1, rest1, beta2, rest2, weightDecay, keep, eps);
}

export function adam_step_f64(
  count: i32, p: usize, g: usize, m: usize, v: usize, stepSize: f64, rootCorrection: f64, beta1: f64, rest1: f64,
  beta2: f64, rest2: f64, weightDecay: f64, keep: f64, eps: f64,
): void {
  adamStep<f64>(count, p, g, m, v, stepSize, rootCorrection, beta1, rest1, beta2, rest2, weightDecay, keep, eps);
}
