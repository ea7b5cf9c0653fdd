import { expect, test } from 'vitest';
import { abide } from './abide-process.ts';

test('templates --json lists what there is', () => {
  const { code, stdout, stderr } = abide(['templates', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const listed = JSON.parse(stdout) as { id: string }[];
  expect(listed).toHaveLength(10);
  expect(listed.filter(({ id }) => id === 'service-attachments')).toEqual([
    {
      id: 'service-attachments',
      version: 2,
      title: {
        zh: '客户服务协议（按附件履行）',
        en: 'Customer service agreement, performed through attachments',
      },
      source: 'S001a',
      parties: { A: { zh: '甲方', en: 'Party A' }, B: { zh: '乙方', en: 'Party B' } },
    },
  ]);
});

test('templates without --json is a table', () => {
  expect(abide(['templates']).stdout).toContain('service-attachments@2');
});
