// The error of a gradient check that found gradients and differences apart.
import { TrainerError } from "../errors.ts";

/** Exit code 1: with the default bound and step a wrong gradient is a fault of gradloom itself. */
export class GradientCheckError extends TrainerError {
  override readonly name = "GradientCheckError";
}
