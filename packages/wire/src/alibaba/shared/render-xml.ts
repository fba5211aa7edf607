import type { AnswerObject, AnswerValue } from './answer-value.ts'

/** An XML document: members in their order, a list as one element for each of its items. */
export function renderXml(root: string, value: AnswerObject): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, value)}`
}

function element(name: string, value: AnswerValue): string {
  if (isList(value)) return value.map((item) => element(name, item)).join('')
  const tag = tagName(name)
  return `<${tag}>${content(value)}</${tag}>`
}

/**
 * The name of an element. Tags of certificates have names that somebody has chosen: what cannot
 * stand in the name of an element is written as `_xHHHH_`, as .NET does (XmlConvert.EncodeName).
 */
function tagName(name: string): string {
  if (name === '') return '_'
  return name.replace(
    /^[^A-Za-z_]|[^\w.-]/g,
    (mark) => `_x${mark.charCodeAt(0).toString(16).padStart(4, '0')}_`,
  )
}

function content(value: Exclude<AnswerValue, readonly AnswerValue[]>): string {
  if (typeof value !== 'object') return escape(String(value))
  const members = Object.entries(value)
  return members.map(([name, one]) => (one === undefined ? '' : element(name, one))).join('')
}

function isList(value: AnswerValue): value is readonly AnswerValue[] {
  return Array.isArray(value)
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * A carriage return is written by its number because parsers turn a bare one into a line feed. The
 * characters that XML 1.0 cannot carry are too: its parsers then refuse the document, which is
 * better than another value.
 */
function escape(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    /[&<>\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g,
    (mark) => NAMED[mark] ?? `&#${mark.charCodeAt(0)};`,
  )
}
