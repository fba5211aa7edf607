/** X.509, loaded when first needed: its libraries take tens of milliseconds of a start. */
export async function loadX509(): Promise<typeof import('./x509/index.ts')> {
  return await import('./x509/index.ts')
}
