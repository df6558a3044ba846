// Short products that were judged before, such as those of a step of one row: of the same views, unchanged, they are
// computed at once. To judge operands and to find their addresses takes as long as the product itself.
import type { KnownProducts } from "../backend.ts";
import type { MatmulOptions } from "../kernels.ts";
import { type ByteTensor, isBytes, isSingle, type Tensor } from "../tensor.ts";
import { AskedBefore } from "./asked-before.ts";
import type { TypedKernels } from "./exports.ts";
import { KnownMatrix, KnownVector } from "./known-views.ts";
import type { Workspace } from "./workspace.ts";

/** Products of more multiplications take so long that a look at their operands does not count. */
const MOST_MULTIPLICATIONS = 64 * 1024;
/** A power of two, and more than a step of a small net has. */
const PLACES = 16;

const NONE: MatmulOptions = {};

interface KnownProduct {
  readonly a: KnownMatrix;
  readonly b: KnownMatrix;
  readonly out: KnownMatrix;
  readonly bias: KnownVector | undefined;
  readonly accumulate: boolean;
  readonly relu: boolean;
  readonly sparse: boolean;
  readonly byteScale: number | undefined;
  /** One of the two: that which scales was judged with an alpha. */
  readonly gemm: TypedKernels["sparse_gemm_u8"] | undefined;
  readonly scaledGemm: TypedKernels["scaled_gemm_u8"] | undefined;
}

export class ShortProducts implements KnownProducts {
  readonly #work: Workspace;
  readonly #asked = new AskedBefore();
  readonly #places: (KnownProduct | undefined)[] = new Array(PLACES).fill(undefined);
  /** Where the latest one was found: a loop asks for the next one next. */
  #latest = 0;
  #oldest = 0;

  constructor(work: Workspace) {
    this.#work = work;
  }

  /** Computes a product whose operands and options were judged before; returns false, with nothing done, if they were not. */
  repeat(a: Tensor | ByteTensor, b: Tensor, out: Tensor, options: MatmulOptions = NONE): boolean {
    const places = this.#places;
    for (let i = 1; i <= PLACES; i++) {
      const place = (this.#latest + i) & (PLACES - 1);
      const known = places[place];
      if (known === undefined || known.out.view !== out || known.a.view !== a || known.b.view !== b) continue;
      if (!hasOptions(known, options) || !run(known, options.alpha, this.#work.packing)) continue;
      this.#latest = place;
      return true;
    }
    return false;
  }

  /**
   * Remembers a product, if it is short, was computed in place, and is asked for the second time. It was judged, and is plain: of matrices of float32, a
   * perhaps of bytes, with elements and without negative strides, out in an array that shares no byte with the others' or
   * the bias's, so that moving one of them along its array changes nothing but its address.
   */
  remember(a: Tensor | ByteTensor, b: Tensor, out: Tensor, options: MatmulOptions = NONE): void {
    const { accumulate = false, alpha, bias, relu = false, sparse = false, byteScale } = options;
    if (!isSingle(b.data) || out.shape[0] * out.shape[1] * a.shape[1] > MOST_MULTIPLICATIONS) return;
    if (alpha !== undefined && (bias !== undefined || relu)) return;
    const work = this.#work;
    const at = [a, b, out].map((t) => work.address(t));
    const biasAt = bias === undefined ? 0 : bias.stride[0] === 1 ? work.address(bias) : -1;
    if (Math.min(...at, biasAt) < 0 || !this.#asked.isAskedAgain(a, b, out)) return;
    const kernels = work.kernels(b.data);
    const gemm = isBytes(a) ? kernels.sparse_gemm_u8 : sparse ? kernels.sparse_gemm : kernels.gemm;
    const scaledGemm = isBytes(a) ? kernels.scaled_gemm_u8 : kernels.scaled_gemm;
    this.#places[this.#oldest] = {
      a: new KnownMatrix(a, at[0]),
      b: new KnownMatrix(b, at[1]),
      out: new KnownMatrix(out, at[2]),
      bias: bias && new KnownVector(bias, biasAt),
      accumulate: accumulate === true, // as the border takes it: whatever else is judged every time
      relu,
      sparse,
      byteScale,
      gemm: alpha === undefined ? gemm : undefined,
      scaledGemm: alpha === undefined ? undefined : scaledGemm,
    };
    this.#oldest = (this.#oldest + 1) & (PLACES - 1);
  }
}

/** Whether these are the options that were judged, but for another alpha that would have been let through too. */
function hasOptions(known: KnownProduct, options: MatmulOptions): boolean {
  const { accumulate, alpha, bias, relu, sparse, byteScale } = options;
  return (
    (accumulate ?? false) === known.accumulate &&
    (relu ?? false) === known.relu &&
    (sparse ?? false) === known.sparse &&
    byteScale === known.byteScale &&
    bias === known.bias?.view &&
    (alpha === undefined
      ? known.gemm !== undefined
      : known.scaledGemm !== undefined && Number.isFinite(alpha) && Number.isFinite(Math.fround(alpha)))
  );
}

function run(known: KnownProduct, alpha: number | undefined, packing: number): boolean {
  const { a, b, out, bias, accumulate, relu, sparse, byteScale = 1, gemm, scaledGemm } = known;
  const aAt = a.address();
  const bAt = b.address();
  const outAt = out.address();
  const biasAt = bias === undefined ? 0 : bias.address();
  if (aAt < 0 || bAt < 0 || outAt < 0 || biasAt < 0) return false;
  if (alpha === undefined) {
    gemm?.(
      out.rows,
      out.columns,
      a.columns,
      aAt,
      a.rowStride,
      a.columnStride,
      bAt,
      b.rowStride,
      b.columnStride,
      outAt,
      out.rowStride,
      out.columnStride,
      accumulate,
      biasAt,
      relu,
      packing,
      byteScale,
    );
  } else {
    scaledGemm?.(
      out.rows,
      out.columns,
      a.columns,
      aAt,
      a.rowStride,
      a.columnStride,
      bAt,
      b.rowStride,
      b.columnStride,
      outAt,
      out.rowStride,
      out.columnStride,
      alpha,
      sparse,
      packing,
      byteScale,
    );
  }
  return true;
}
