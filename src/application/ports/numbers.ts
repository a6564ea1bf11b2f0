/** Hands out ticket numbers: unique for ever, rising, with gaps (blocks are reserved ahead, so that one write serves many). */
export interface Numbers {
  next(series: 'INC' | 'REQ'): Promise<number>;
}
