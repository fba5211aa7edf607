const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/

/** Seconds since 1970 from `yyyy-MM-ddTHH:mm:ssZ`; `undefined` for any other text. */
export function parseWireTime(text: string): number | undefined {
  if (!FORM.test(text)) return undefined
  const seconds = Date.parse(text) / 1000
  // The 31st of February would be taken for a day in March.
  return Number.isNaN(seconds) || formatWireTime(seconds) !== text ? undefined : seconds
}

/** @param epochSeconds whole seconds, of the years 0 to 9999. */
export function formatWireTime(epochSeconds: number): string {
  return `${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}Z`
}
