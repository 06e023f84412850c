/** The standard normal distribution, as far as tests and intervals need it. */

/** Half-width of a 95 % interval in standard errors. */
export const Z95 = 1.959963984540054;

/**
 * Complementary error function for x ≥ 0, relative error below 1.2e-7 everywhere
 * (Chebyshev fit, Press et al., Numerical Recipes, 2nd ed., section 6.2).
 */
function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * x);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  const series = coefficients.reduceRight((sum, coefficient) => coefficient + t * sum, 0);
  return t * Math.exp(-x * x + series);
}

/** Two-sided p-value of a standard normal score, 0…1. */
export function twoSidedP(z: number): number {
  return Math.min(1, erfc(Math.abs(z) / Math.SQRT2));
}
