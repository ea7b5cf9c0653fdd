import { Select } from 'antd';
import type { ReactNode } from 'react';

/** One of the ways in which a list of findings is narrowed. */
export function Choice({
  label,
  value,
  choose,
  all,
  options,
}: {
  label: string;
  value: string;
  choose: (value: string) => void;
  all: string;
  options: { value: string; label: string }[];
}): ReactNode {
  return (
    <Select<string>
      aria-label={label}
      value={value}
      onChange={choose}
      style={{ flex: '1 1 130px', maxWidth: 190 }}
      options={[{ value: '', label: all }, ...options]}
    />
  );
}
