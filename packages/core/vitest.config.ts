// How this folder's tests run: as every package's do, but that its files share processes. They only compute.
import { project } from "../../vitest.project.ts";

export default project("core", { isolate: false });
