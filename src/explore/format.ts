/** Numbers as the page writes them. */

const MINUS = '\u2212';
const signed = (text: string) => text.replace('-', MINUS);

/** 114,000 */
export const count = (n: number) => signed(Math.round(n).toLocaleString('en-US'));

/** A number with fixed decimals and a true minus sign; an en dash where there is none. */
export const decimal = (x: number, digits = 2) => {
  if (!Number.isFinite(x)) return '\u2013';
  // Nothing is not negative.
  return signed(
    (Number(x.toFixed(digits)) || 0).toLocaleString('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
  );
};

/** 0.085 → 8.5% */
export const percent = (x: number, digits = 1) =>
  Number.isFinite(x) ? `${decimal(x * 100, digits)}%` : '\u2013';

/** [0.1, 0.2] → 0.10 to 0.20 */
export const interval = ([low, high]: readonly [number, number], digits = 2) =>
  `${decimal(low, digits)} to ${decimal(high, digits)}`;

/** A p-value without false precision. */
export const pValue = (p: number) =>
  !Number.isFinite(p) ? 'no p-value' : p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;

/** How an effect of this size is usually called (Cohen 1988: .1 small, .3 medium, .5 large). */
export function effectWord(effect: number): string {
  const size = Math.abs(effect);
  return size < 0.1 ? 'negligible' : size < 0.3 ? 'small' : size < 0.5 ? 'medium' : 'large';
}

/** a, b and c */
export const list = (items: readonly string[]) =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
