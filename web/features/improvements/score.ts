/** `3.2000` → `3.2`: a figure without the zeros that it is kept with. */
export function scoreText(score: string): string {
  return score.includes('.') ? score.replace(/\.?0+$/, '') : score;
}
