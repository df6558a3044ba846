// Schedule: which learning rate each step of a training run has.

/**
 * The learning rate of a step, by its number, which counts from 1. A pure function: any step may be asked for at any
 * time, so a run that is resumed needs nothing but the number of its next step. Hand it to an optimizer as the last
 * argument: `optimizer.step(p, g, state, iteration, schedule(iteration))`.
 */
export type Schedule = (iteration: number) => number;
