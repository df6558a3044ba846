// A rank that leaves in the middle of a run as if nothing was amiss: it exits with 0, and never finalizes MPI.
import { loadIdxFolder, Ranks, train } from "../../src/index.ts";

const ranks = Ranks.join(process.env);
const data = await loadIdxFolder(".");
await train(
  data,
  { epochs: 100_000, workers: 1, hidden: 8, peerTimeout: 2 },
  {
    ...(ranks && { ranks }),
    onEvent({ type }) {
      if (type === "progress" && ranks?.world.rank === 1) process.exit(0);
    },
  },
);
