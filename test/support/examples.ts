import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LivableScenario, livable } from '../../cli/livable.ts';
import { readScenario } from '../../cli/scenario.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

/** A scenario that shows a template at work, and the golden file of its life. */
export interface Example {
  /** `<template>/<name>` */
  name: string;
  template: string;
  file: string;
  transcript: string;
}

/** Every `templates/<id>/examples/<name>.yaml`, by template and name. */
export function listExamples(): Example[] {
  return readdirSync(TEMPLATES)
    .sort()
    .flatMap((template) => {
      const folder = `${TEMPLATES}${template}/examples/`;
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter((file) => file.endsWith('.yaml'))
        .sort()
        .map((file) => {
          const path = `${folder}${file.slice(0, -'.yaml'.length)}`;
          return {
            name: `${template}/${file.slice(0, -'.yaml'.length)}`,
            template,
            file: `${path}.yaml`,
            transcript: `${path}.transcript.txt`,
          };
        });
    });
}

export function readExample({ file }: Example): LivableScenario {
  return livable(readScenario(file));
}
