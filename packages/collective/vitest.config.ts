// How this folder's tests run: as every package's do.
import { project } from "../../vitest.project.ts";

export default project("collective");
