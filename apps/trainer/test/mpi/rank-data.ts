// A program of the user's own on several ranks: each reads its part of the folder that it is given, and the first one tells
// the hash of the weights. A second argument is a limit that only reading is told of.
import { loadRankData, Ranks, train } from "../../src/index.ts";

const [folder, limit] = process.argv.slice(2);
const ranks = Ranks.join(process.env);
const reading = limit === undefined ? {} : { limit: Number(limit) };
const data = await loadRankData(ranks, folder, {}, reading);
const options = { epochs: 2, hidden: 30, batchSize: 37, shards: 8, workers: 1 };
const { sha256 } = await train(data, options, { ranks });
if (ranks === undefined || ranks.world.rank === 0) process.stdout.write(`SHA-256 ${sha256}\n`);
await ranks?.leave();
