// The one order in which parts are summed: a binary tree over them, cut by their number alone.
//
//   ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))
//
// A rank that has 0…3 computes the left half, one that has 4…7 the right: the sum has the same bits whoever adds.

/**
 * Walks the tree from the left with as few places as can be: `make(part, place)` puts a part's value into a place, and
 * `add(from, to)` adds one place to another. The sum ends up in place 0.
 * @param parts a power of two
 */
export function sumInTree(
  parts: number,
  make: (part: number, place: number) => void,
  add: (from: number, to: number) => void,
): void {
  let place = 0;
  for (let part = 0; part < parts; part++) {
    make(part, place);
    place += 1;
    for (let pairs = part + 1; pairs % 2 === 0; pairs /= 2) {
      place -= 1;
      add(place, place - 1);
    }
  }
}

/** Places that `sumInTree` needs. */
export function placesOfTree(parts: number): number {
  return Math.log2(parts) + 1;
}

/** The same tree over values that are all there, as many as a power of two. */
export function treeSum(values: readonly number[]): number {
  const places: number[] = [];
  sumInTree(
    values.length,
    (part, place) => {
      places[place] = values[part] ?? Number.NaN;
    },
    (from, to) => {
      places[to] = (places[to] ?? Number.NaN) + (places[from] ?? Number.NaN);
    },
  );
  return places[0] ?? 0;
}
