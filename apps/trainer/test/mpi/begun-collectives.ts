// Every rank exchanges by begun collectives what it also exchanges by plain ones, and rank 0 says whether both agree.
import { joinWorld } from "@gradloom/collective";

const world = joinWorld();
const { rank, size } = world;
/** From bytes that travel at once to those that wait for leave to be sent. */
const lengths = [1, 4096, 1_000_003];
const wrong = lengths.filter((length) => {
  const sent = Uint8Array.from({ length: length * size }, (_, i) => (i * 31 + rank * 17) % 251);
  const [plain, begun] = [new Uint8Array(length * size), new Uint8Array(length * size)];
  const [all, begunAll] = [new Uint8Array(length * size), new Uint8Array(length * size)];
  world.alltoall(sent, plain);
  world.allgather(sent.subarray(0, length), all);
  // Two at a time, in one order on every rank; the first by asking, the second by waiting.
  const first = world.startAlltoall(sent, begun);
  const second = world.startAllgather(sent.subarray(0, length), begunAll);
  while (!first.test());
  second.wait();
  second.wait();
  return !first.test() || Buffer.compare(plain, begun) !== 0 || Buffer.compare(all, begunAll) !== 0;
});
const found = new Int32Array(size);
world.allgather(new Uint8Array(Int32Array.of(wrong.length).buffer), new Uint8Array(found.buffer));
if (rank === 0) process.stdout.write(`wrong: ${found.join()}\n`);
world.finalize();
