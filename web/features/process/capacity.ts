/** In which capacity something is done. */
export interface Capacity {
  as: string;
  onBehalfOf: string | null;
}
