/** A moment in the one form that HTTP has kept (RFC 1123, GMT): `Tue, 02 Jan 2024 03:04:05 GMT`. */
export function formatHttpDate(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toUTCString()
}

/** Epoch seconds of such a date; `undefined` for any other text, a wrong weekday included. */
export function parseHttpDate(text: string): number | undefined {
  // What `Date.parse` takes depends on the engine; that the text comes out again does not.
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) return undefined
  return formatHttpDate(milliseconds / 1000) === text ? milliseconds / 1000 : undefined
}
