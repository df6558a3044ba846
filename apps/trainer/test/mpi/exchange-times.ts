// Measures the trainer's exchange, an alltoall and an allgather of a vector's slices, for vectors of some lengths.
import { joinWorld } from "@gradloom/collective";

const world = joinWorld();
const bytes = process.argv.slice(2).map(Number);
const times = bytes.map((length) => {
  const [sent, received] = [new Uint8Array(length), new Uint8Array(length)];
  const slice = new Uint8Array(length / world.size);
  const repeats = length < 1e5 ? 30 : 12;
  const measured = Array.from({ length: repeats }, () => {
    world.barrier();
    const start = performance.now();
    world.startAlltoall(sent, received).wait();
    world.startAllgather(slice, received).wait();
    return (performance.now() - start) / 1000;
  });
  // The least: what a busy machine adds is no matter of the network.
  return Math.min(...measured);
});
if (world.rank === 0) process.stdout.write(`${JSON.stringify(times)}\n`);
world.finalize();
