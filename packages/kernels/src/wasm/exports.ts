// What assembly/index.ts exports, typed, and put together by element type. Addresses and distances are in bytes, sizes
// in elements; rows have no gaps between their elements and any distance from one to the next.

/** c (m,n) ← relu([c +] a (m,k)·b (k,n) + bias (n)); strides of any sign; bias is 0 where there is none. */
type Gemm = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  aColumn: number,
  b: number,
  bRow: number,
  bColumn: number,
  c: number,
  cRow: number,
  cColumn: number,
  accumulate: boolean,
  bias: number,
  relu: boolean,
  scratch: number,
) => void;

/** c (m,n) ← c + alpha·(a (m,k)·b (k,n)); `skip`: zeros of a take no part. */
type ScaledGemm = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  aColumn: number,
  b: number,
  bRow: number,
  bColumn: number,
  c: number,
  cRow: number,
  cColumn: number,
  alpha: number,
  skip: boolean,
  scratch: number,
) => void;

/** A product whose a is scale times what lies at its address. */
type Scaled<Product extends Gemm | ScaledGemm> = (...given: [...Parameters<Product>, scale: number]) => void;

/** out ← f(x). */
export type UnaryKernel = (
  rows: number,
  columns: number,
  x: number,
  xRow: number,
  out: number,
  outRow: number,
) => void;

/** out ← f(a, b). */
export type BinaryKernel = (
  rows: number,
  columns: number,
  a: number,
  aRow: number,
  b: number,
  bRow: number,
  out: number,
  outRow: number,
) => void;

/** out[i] ← scale·source[rows[i]]; rows are 32-bit numbers, rowsStep apart. */
export type Gather = (
  count: number,
  columns: number,
  source: number,
  sourceRow: number,
  rows: number,
  rowsStep: number,
  out: number,
  outRow: number,
  scale: number,
) => void;

/** One optimizer step on vectors of `count` elements without gaps, at p (parameters), g (gradients) and the state. */
interface StepKernels {
  readonly momentum_step: (
    count: number,
    p: number,
    g: number,
    v: number,
    learningRate: number,
    momentum: number,
    weightDecay: number,
    nesterov: boolean,
  ) => void;
  readonly adagrad_step: (
    count: number,
    p: number,
    g: number,
    h: number,
    learningRate: number,
    weightDecay: number,
    eps: number,
  ) => void;
  /** rest: 1 − decayRate. */
  readonly rmsprop_step: (
    count: number,
    p: number,
    g: number,
    h: number,
    learningRate: number,
    decayRate: number,
    rest: number,
    weightDecay: number,
    eps: number,
  ) => void;
  /** rest1, rest2: 1 − beta1, 1 − beta2. */
  readonly adam_step: (
    count: number,
    p: number,
    g: number,
    m: number,
    v: number,
    stepSize: number,
    rootCorrection: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    weightDecay: number,
    keep: number,
    eps: number,
  ) => void;
}

/** The kernels of one element type, by the names they have in assembly/ before _f32 and _f64. */
export interface TypedKernels extends StepKernels {
  readonly gemm: Gemm;
  /** The same without the products of a's zeros. */
  readonly sparse_gemm: Gemm;
  readonly scaled_gemm: ScaledGemm;
  /** The same two for an a of bytes; its zeros never take part. */
  readonly sparse_gemm_u8: Scaled<Gemm>;
  readonly scaled_gemm_u8: Scaled<ScaledGemm>;
  readonly softmax: UnaryKernel;
  readonly log_softmax: UnaryKernel;
  readonly relu: UnaryKernel;
  readonly sigmoid: UnaryKernel;
  readonly relu_backward: BinaryKernel;
  readonly sigmoid_backward: BinaryKernel;
  readonly add_bias: (
    rows: number,
    columns: number,
    x: number,
    xRow: number,
    b: number,
    out: number,
    outRow: number,
  ) => void;
  readonly axpy: (
    rows: number,
    columns: number,
    alpha: number,
    x: number,
    xRow: number,
    y: number,
    yRow: number,
  ) => void;
  readonly sum_rows: (rows: number, columns: number, x: number, xRow: number, out: number) => void;
  /** 1 if every element is a finite number, else 0. */
  readonly all_finite: (rows: number, columns: number, x: number, xRow: number) => number;
  readonly gather_rows: Gather;
  readonly gather_rows_u8: Gather;
  /** out[i, j] ← scale·x[i, numbers[j]] for x of bytes, and out without gaps. */
  readonly pick_columns: (
    rows: number,
    picked: number,
    x: number,
    xRow: number,
    numbers: number,
    out: number,
    scale: number,
  ) => void;
  /** t: rows of weights if `soft`, else 32-bit class numbers, tRow apart; no gradient where the address dx is 0. */
  readonly cross_entropy: (
    rows: number,
    columns: number,
    x: number,
    xRow: number,
    soft: boolean,
    t: number,
    tRow: number,
    y: number,
    yRow: number,
    losses: number,
    lossStep: number,
    scale: number,
    dx: number,
    dxRow: number,
  ) => void;
  readonly cross_entropy_backward: (
    rows: number,
    columns: number,
    y: number,
    yRow: number,
    soft: boolean,
    t: number,
    tRow: number,
    scale: number,
    out: number,
    outRow: number,
  ) => void;
}

/** The exports whose names end in `suffix`, without it. */
export function kernelsOfType(exports: object, suffix: "_f32" | "_f64"): TypedKernels {
  const found = Object.entries(exports).filter(([name]) => name.endsWith(suffix));
  const named = found.map(([name, kernel]) => [name.slice(0, -suffix.length), kernel]);
  return Object.fromEntries(named) as TypedKernels;
}

/** The gather of bytes that stay bytes. */
export function byteGather(exports: object): Gather {
  return (exports as { gather_bytes: Gather }).gather_bytes;
}

/** Bytes of scratch memory that the products of matrices work in. */
export function packingBytes(exports: object): number {
  return (exports as { gemm_scratch(): number }).gemm_scratch();
}

/** Bytes at the beginning of that memory that hold nothing between two products. */
export function blockBytes(exports: object): number {
  return (exports as { gemm_blocks(): number }).gemm_blocks();
}

/** Columns of bytes: counts of what is not 0 (32 bits each), and x with only those columns whose byte of the mask is 255. */
export interface ByteColumns {
  readonly count_columns: (rows: number, columns: number, x: number, xRow: number, counts: number) => void;
  readonly mask_columns: (
    rows: number,
    columns: number,
    x: number,
    xRow: number,
    mask: number,
    out: number,
  ) => void;
}

export function byteColumns(exports: object): ByteColumns {
  return exports as ByteColumns;
}

/** Makes that scratch memory ready for use. */
export function preparePacking(exports: object, scratch: number): void {
  (exports as { prepare_scratch(scratch: number): void }).prepare_scratch(scratch);
}
