import { contextData, parseEncryptionContext } from './encryption-context.ts'

const DIGEST_BYTES = 32

/**
 * Other forms of additional data that stand for the same encryption context: a program that
 * encrypts through one client or gateway and decrypts through another sends one and has bound the
 * other. The digest stands for its lower-case hex and the reverse, and the JSON text of a context
 * for both.
 */
export function equalAdditionalData(data: Uint8Array): readonly Uint8Array[] {
  if (data.length === DIGEST_BYTES) return [Buffer.from(data.toHex())]
  const text = Buffer.from(data).toString('latin1')
  if (/^[0-9a-f]{64}$/.test(text)) return [Uint8Array.fromHex(text)]
  if (!text.startsWith('{')) return []
  const context = parseEncryptionContext(Buffer.from(data).toString('utf8'))
  const digest = context && contextData(context)
  return digest === undefined ? [] : [digest, Buffer.from(digest.toHex())]
}
