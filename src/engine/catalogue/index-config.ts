/** One configuration for writing and reading the film index (figures: toolchain notes, "figures to know"). */
import usearch from 'usearch';

/** Candidates kept while searching: recall@5 .997 at 128. */
export const EXPANSION_SEARCH = 128;

export function indexConfig(
  dims: number,
  expansionSearch: number,
): ConstructorParameters<typeof usearch.Index>[0] {
  return {
    dimensions: dims,
    metric: usearch.MetricKind.Cos,
    quantization: usearch.ScalarKind.F16,
    connectivity: 16,
    expansion_add: 128,
    expansion_search: expansionSearch,
    multi: false,
  };
}
