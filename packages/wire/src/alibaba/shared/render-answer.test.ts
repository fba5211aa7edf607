import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS } from './errors.ts'
import { renderError, renderSuccess } from './render-answer.ts'

const json = { format: 'json', requestId: 'r-1' } as const
const xml = { format: 'xml', requestId: 'r-1' } as const

const KEYS = {
  Keys: { Key: [{ KeyId: 'a', KeyArn: 'acs:a' }, { KeyId: 'b', KeyArn: 'acs:b' }] },
  Tags: { Tag: [] },
  ClientKeys: [{ AapName: 'one' }],
  TotalCount: 2,
  Value: true,
  DeleteDate: '',
  NextRotationDate: undefined,
}

test('JSON is the value with its RequestId, without what is undefined', () => {
  assert.deepEqual(renderSuccess(json, KEYS), {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8', 'x-acs-request-id': 'r-1' },
    body:
      '{"Keys":{"Key":[{"KeyId":"a","KeyArn":"acs:a"},{"KeyId":"b","KeyArn":"acs:b"}]},' +
      '"Tags":{"Tag":[]},"ClientKeys":[{"AapName":"one"}],"TotalCount":2,"Value":true,' +
      '"DeleteDate":"","RequestId":"r-1"}',
  })
})

test('XML repeats the child of a list, and its root is KMS', () => {
  const answer = renderSuccess(xml, KEYS)
  assert.equal(answer.headers['content-type'], 'text/xml;charset=utf-8')
  assert.equal(
    answer.body,
    '<?xml version="1.0" encoding="UTF-8"?><KMS><Keys><Key><KeyId>a</KeyId><KeyArn>acs:a</KeyArn>' +
      '</Key><Key><KeyId>b</KeyId><KeyArn>acs:b</KeyArn></Key></Keys><Tags></Tags><ClientKeys>' +
      '<AapName>one</AapName></ClientKeys><TotalCount>2</TotalCount><Value>true</Value>' +
      '<DeleteDate></DeleteDate><RequestId>r-1</RequestId></KMS>',
  )
})

test('XML says every character so that a parser gives it back, or refuses the document', () => {
  const { body } = renderSuccess(xml, { Plaintext: '<a>&"\'\t\n\r\0\u001f\uffff]]>ä\u{1f511}' })
  assert.ok(
    body.includes(
      '<Plaintext>&lt;a&gt;&amp;"\'\t\n&#13;&#0;&#31;&#65535;]]&gt;ä\u{1f511}</Plaintext>',
    ),
  )
})

test('an error has every member that any client reads', () => {
  const words = { code: 'Forbidden.KeyNotFound', message: 'Not <found>.', recommend: '' } as const
  const answer = renderError({ ...json, hostId: 'kms.local' }, words)
  assert.equal(answer.status, 404)
  assert.equal(answer.headers['x-acs-request-id'], 'r-1')
  assert.deepEqual(JSON.parse(answer.body), {
    RequestId: 'r-1',
    HostId: 'kms.local',
    Code: 'Forbidden.KeyNotFound',
    Message: 'Not <found>.',
    Recommend: '',
    HttpStatus: 404,
  })
  const other = renderError({ ...xml, hostId: 'kms.local' }, words)
  assert.equal(other.headers['content-type'], 'text/xml;charset=utf-8')
  assert.equal(
    other.body,
    '<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>r-1</RequestId>' +
      '<HostId>kms.local</HostId><Code>Forbidden.KeyNotFound</Code>' +
      '<Message>Not &lt;found&gt;.</Message><Recommend></Recommend>' +
      '<HttpStatus>404</HttpStatus></Error>',
  )
})

test('a throttled client is told when to come back', () => {
  const words = { code: 'Rejected.Throttling', message: '', recommend: '' } as const
  const answer = renderError({ ...json, hostId: '', retryAfterMs: 1500 }, words)
  assert.deepEqual([answer.status, answer.headers['x-acs-retry-after']], [429, '1500'])
})

test('messages that clients compare letter by letter are as they compare them', () => {
  const messages = Object.fromEntries(
    Object.entries(ERRORS).map(([code, { message }]) => [code, message]),
  )
  // The instance gateway's clients turn its errors into these.
  assert.equal(
    messages['IllegalTimestamp'],
    'The input parameter "Timestamp" that is mandatory for processing this request ' +
      'is not supplied.',
  )
  assert.equal(
    messages['IncompleteSignature'],
    'The request signature does not conform to Aliyun standards.',
  )
  assert.equal(
    messages['InvalidAccessKeyId.NotFound'],
    'The Access Key ID provided does not exist in our records.',
  )
  assert.equal(messages['Forbidden.KeyNotFound'], 'The specified Key is not found.')
  assert.equal(
    messages['Forbidden.NoPermission'],
    'This operation is forbidden by permission system.',
  )
  assert.equal(messages['InternalFailure'], 'Internal Failure')
  assert.equal(messages['Rejected.Throttling'], 'QPS Limit Exceeded')
})

test('every error has a status of an error and says something', () => {
  for (const [code, { status, message }] of Object.entries(ERRORS)) {
    assert.ok(status >= 400 && status < 600 && message !== '', code)
  }
})

test('names that somebody has chosen, such as tags, are no markup in XML', () => {
  const value = {
    Tags: {
      'a><Status>ACTIVE</Status><a': '1',
      'x/y@z': '2',
      '1st': '3',
      '': '4',
      __proto__x: '5',
      'Schlüssel.a-b': '6',
    },
  }
  const { body } = renderSuccess({ format: 'xml', requestId: 'id' }, value)
  const names = ['a_x003e__x003c_Status_x003e_ACTIVE_x003c__x002f_Status_x003e__x003c_a']
  names.push('x_x002f_y_x0040_z', '_x0031_st', '_', '__proto__x', 'Schl_x00fc_ssel.a-b')
  const tags = names.map((name, at) => `<${name}>${at + 1}</${name}>`).join('')
  assert.ok(body.includes(`<Tags>${tags}</Tags>`), body)
})
