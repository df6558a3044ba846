// This process among those that a launcher has started together: joined at the start, watched, and left in good order.
import { Worker } from "node:worker_threads";
import { type Environment, joinWorld, type World, type WorldAddress } from "@gradloom/collective";
import { Heartbeat } from "./heartbeat.ts";
import type { WatchdogData } from "./watchdog-thread.ts";

/** Reading data may take one rank longer than another. */
const START_PATIENCE_MS = 600_000;
/** How long an exchange may take when nobody says otherwise. */
export const PEER_TIMEOUT_SECONDS = 60;

/** WorkerLostError's: for the other ranks this one is lost. */
const LEFT_EXIT_CODE = 6;

/** What workers need to take part. */
export interface RanksAddress {
  readonly world: WorldAddress;
  readonly heartbeat: SharedArrayBuffer;
}

/** Every rank of a launch, this one's view. */
export class Ranks {
  readonly world: World;
  readonly #heartbeat: Heartbeat;
  readonly #watchdog: Worker;
  /** Some launchers take a rank that left without a word for a success of the whole job. */
  readonly #onExit = (code: number): void => {
    if (code === 0) process.exitCode = LEFT_EXIT_CODE;
  };

  private constructor(world: World, heartbeat: Heartbeat, watchdog: Worker) {
    this.world = world;
    this.#heartbeat = heartbeat;
    this.#watchdog = watchdog;
    process.once("exit", this.#onExit);
  }

  /**
   * Undefined for a process that no launcher has started, as its environment tells.
   * @throws CollectiveError when there is a launcher and no MPI that can be called.
   */
  static join(env: Environment = process.env): Ranks | undefined {
    const world = joinWorld(env);
    if (world.address.kind === "alone") return undefined;
    const heartbeat = new Heartbeat();
    heartbeat.patienceMs = START_PATIENCE_MS;
    const workerData: WatchdogData = {
      heartbeat: heartbeat.words.buffer,
      address: world.address,
      rank: world.rank,
    };
    const watchdog = new Worker(new URL(import.meta.resolve("#peer-watchdog")), { workerData });
    watchdog.unref();
    return new Ranks(heartbeat.watch(world), heartbeat, watchdog);
  }

  /** For the workers of this process. */
  get address(): RanksAddress {
    return { world: this.world.address, heartbeat: this.#heartbeat.words.buffer };
  }

  /** Waits until every rank is ready to train; from then on an exchange that takes longer ends the process. */
  begin(seconds: number = PEER_TIMEOUT_SECONDS): void {
    this.world.barrier();
    this.#heartbeat.patienceMs = seconds * 1000;
  }

  /** Waits for the others, and leaves MPI: the last thing that a rank does when nothing went wrong by itself. */
  async leave(): Promise<void> {
    this.world.barrier();
    this.world.finalize();
    process.off("exit", this.#onExit);
    await this.#watchdog.terminate();
  }
}
