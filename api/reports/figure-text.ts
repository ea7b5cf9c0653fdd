import { Big } from 'big.js';
import type { Cell, Figure, Interval } from './document.ts';

/** Decimals that people are shown; the workbook holds all of them. */
const DECIMALS: Record<Figure['unit'], number> = { count: 0, score: 2, share: 1, nps: 1 };

/** `4.21`, `83.4%`, `−12.5`: half-up. */
export function figureText({ value, unit }: Figure): string {
  const number = unit === 'share' ? new Big(value).times(100) : new Big(value);
  const text = number.round(DECIMALS[unit], Big.roundHalfUp).toFixed(DECIMALS[unit]);
  const sign = Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
  return unit === 'share' ? `${sign}%` : sign;
}

export function intervalText({ low, high, unit }: Interval): string {
  return `${figureText({ value: low, unit })} – ${figureText({ value: high, unit })}`;
}

/** A cell as it is read; `—` where there is nothing. */
export function cellText(cell: Cell): string {
  if (cell === null) return '—';
  if (typeof cell === 'string') return cell;
  return 'value' in cell ? figureText(cell) : intervalText(cell);
}
