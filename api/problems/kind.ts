import type { Text } from '../../domain/time.ts';

/** A way in which something is refused: HTTP status, what it is, and what to do about it. */
export interface Kind {
  status: number;
  title: Text;
  /** What to do about it. */
  cure: Text;
}

export const kind = (status: number, titleZh: string, titleEn: string, cureZh: string, cureEn: string): Kind => ({
  status,
  title: { zh: titleZh, en: titleEn },
  cure: { zh: cureZh, en: cureEn },
});
