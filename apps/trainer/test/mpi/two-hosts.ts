// Two machines inside one: network namespaces joined by a virtual cable, whose rate can be shaped and which can be pulled.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SUBNET = "10.213.7";

export class TwoHosts {
  readonly #names: readonly [string, string];
  readonly #folder: string;

  /** @throws Error where namespaces cannot be made. */
  constructor() {
    const names = [`gl${process.pid}a`, `gl${process.pid}b`] as const;
    this.#names = names;
    this.#folder = mkdtempSync(join(tmpdir(), "gradloom-hosts-"));
    for (const name of names) ip("netns", "add", name);
    const [a, b] = names;
    ip("link", "add", "cable", "netns", a, "type", "veth", "peer", "name", "cable", "netns", b);
    for (const [i, name] of names.entries()) {
      ip("-n", name, "addr", "add", `${SUBNET}.${i + 1}/30`, "dev", "cable");
      ip("-n", name, "link", "set", "lo", "up");
      ip("-n", name, "link", "set", "cable", "up");
    }
    // What mpirun takes for ssh: its first argument is the host.
    writeFileSync(this.#agent, `#!/bin/sh\nshift\nexec ip netns exec ${b} sh -c "$*"\n`);
    chmodSync(this.#agent, 0o755);
  }

  get #agent(): string {
    return join(this.#folder, "agent.sh");
  }

  /** Whether this machine lets the user do all that, with Open MPI's launcher. */
  static get arePossible(): boolean {
    const name = `gl${process.pid}probe`;
    const made = spawnSync("ip", ["netns", "add", name]).status === 0;
    spawnSync("ip", ["netns", "del", name]);
    return made && spawnSync("tc", ["-Version"]).status === 0;
  }

  /** One rank on each host, by Open MPI over TCP. */
  launch(mpirun: string, rank: readonly string[]): readonly string[] {
    const over = `${SUBNET}.0/30`;
    return [
      ...["ip", "netns", "exec", this.#names[0], mpirun, "--mca", "plm_rsh_agent", this.#agent],
      ...["--mca", "mpi_yield_when_idle", "1", "--mca", "pml", "ob1", "--mca", "btl", "tcp,self"],
      // With one, a receiver's leave to send on waits behind its own data, and the two directions take turns.
      ...["--mca", "btl_tcp_links", "2", "--mca", "btl_tcp_if_include", over],
      ...["--mca", "oob_tcp_if_include", over, "-n", "2", "--host", `${SUBNET}.1:1,${SUBNET}.2:1`],
      ...rank,
    ];
  }

  /** Both directions carry so many bits a second from now on. */
  shape(megabits: number): void {
    for (const name of this.#names) {
      // A bucket of a few packets; a long queue, so that none is lost.
      const rate = ["rate", `${megabits}mbit`, "burst", "4kb", "limit", "8mb"];
      run("tc", ["-n", name, "qdisc", "replace", "dev", "cable", "root", "tbf", ...rate]);
    }
  }

  pull(): void {
    ip("-n", this.#names[1], "link", "set", "cable", "down");
  }

  destroy(): void {
    for (const name of this.#names) spawnSync("ip", ["netns", "del", name]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function ip(...args: readonly string[]): void {
  run("ip", args);
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}
