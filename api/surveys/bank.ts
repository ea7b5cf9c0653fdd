import type { z } from 'zod';
import { readPresets } from '../../templates/presets.ts';
import type { questionBank } from './insight-schema.ts';

/** The questions that the guidance texts offer, each with what it asks about. */
export function bankOfQuestions(): z.output<typeof questionBank> {
  const { questions, dimensions } = readPresets();
  const titled = dimensions.flatMap(({ parts }) => parts);
  return {
    items: questions.map(({ id, dimension, kind, text, clauses }) => ({
      ...{ id, kind, text, clauses },
      dimension: { id: dimension, title: titled.find((one) => one.id === dimension)?.title ?? text },
    })),
  };
}
