/** Two digits after the point, as ratios are given. */
export function ratioText(value: number): string {
  return value.toFixed(2)
}

/** Thousands apart. */
export function countText(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** With as many digits as mean something. */
export function millisecondsText(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(value >= 10 ? 1 : 2)
}

/** In millions of octets. */
export function megabytesText(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0)
}

/** A part in per cent, with a sign for how far it goes both ways. */
export function spreadText(part: number): string {
  return `±${Math.round(part * 100)} %`
}

/** Whether a target is met, in one word that can be searched for. */
export function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED'
}
