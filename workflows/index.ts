export { agreement } from './agreement.ts';
export { improvement } from './improvement.ts';
export { survey } from './survey.ts';
export { training } from './training.ts';
export { visit } from './visit.ts';
