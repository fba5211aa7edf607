/**
 * r and s side by side from a signature in DER, each of `size` octets; `undefined` when anything in
 * it is not as DER wants, or does not fit.
 */
export function joinedFromStrictDer(der: Buffer, size: number): Buffer | undefined {
  const sequence = readElement(der, 0, 0x30)
  if (sequence === undefined || sequence.end !== der.byteLength) return undefined
  const r = readElement(der, sequence.start, 0x02)
  const s = r && readElement(der, r.end, 0x02)
  if (r === undefined || s === undefined || s.end !== der.byteLength) return undefined
  const numbers = [r, s].map(({ start, end }) => unsigned(der.subarray(start, end), size))
  const [left, right] = numbers
  return left === undefined || right === undefined ? undefined : Buffer.concat([left, right])
}

interface Element {
  readonly start: number
  readonly end: number
}

function readElement(der: Buffer, at: number, tag: number): Element | undefined {
  if (der[at] !== tag) return undefined
  const first = der[at + 1] ?? 0xff
  const isLong = first === 0x81
  const length = isLong ? (der[at + 2] ?? 0) : first
  if (isLong ? length < 0x80 : first >= 0x80) return undefined
  const start = at + (isLong ? 3 : 2)
  return start + length <= der.byteLength ? { start, end: start + length } : undefined
}

function unsigned(digits: Buffer, size: number): Buffer | undefined {
  const [first, second = 0] = digits
  if (first === undefined || first >= 0x80) return undefined
  if (first === 0 && digits.byteLength > 1 && second < 0x80) return undefined
  const number = first === 0 ? digits.subarray(1) : digits
  if (number.byteLength > size) return undefined
  return Buffer.concat([Buffer.alloc(size - number.byteLength), number])
}
