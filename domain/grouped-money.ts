/** `1000000.00` as `1,000,000.00`. */
export function grouped(amount: string): string {
  const [whole = '', decimals] = amount.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? digits : `${digits}.${decimals}`;
}
