import type { KnownSignature } from './known-answer.ts'
import {
  COOKBOOK_P521,
  COOKBOOK_RSA,
  DETERMINISTIC_P256,
  DETERMINISTIC_P384,
  EDWARDS,
  GENERATED_RSA_384,
  GENERATED_RSA_512,
  PSS_RSA_2048,
  PSS_RSA_4096,
  SECP256K1,
  SM2_OPENSSL,
  SM2_STANDARD,
} from './known-keys.ts'

/** A published signature for each algorithm. */
export const KNOWN_SIGNATURES: readonly KnownSignature[] = [
  {
    algorithm: 'RS256',
    source: 'RFC 7520 §4.1',
    key: COOKBOOK_RSA,
    input: 'j7Lv6H9tqByga_mF_5xA9NkoWfUCc8RhK8rwrePumVk',
    signature:
      'MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp' +
      '83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCr' +
      'UCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aX' +
      'ic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg',
    isRepeatable: true,
  },
  {
    algorithm: 'RSNULL',
    source: 'RFC 7520 §4.1, its DigestInfo by RFC 8017 §9.2 note 1',
    key: COOKBOOK_RSA,
    input: 'MDEwDQYJYIZIAWUDBAIBBQAEII-y7-h_bagcoGv5hf-cQPTZKFn1AnPEYSvK8K3j7plZ',
    signature:
      'MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp' +
      '83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCr' +
      'UCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aX' +
      'ic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg',
    isRepeatable: true,
  },
  {
    algorithm: 'RS384',
    source: 'C2SP/wycheproof, rsa_pkcs1_2048_sig_gen, case 90',
    key: GENERATED_RSA_384,
    input: 'paLLTzhwKR3hUOCe6GTzsrOzQpN6xxmhSUORha1qR7tPI66D_yDwyPDHmhdkJEpj',
    signature:
      'DodCryodgumQOKmaCbwYLiExe2kABPz4-sWks5xsTG8y7gOVpCuK7jGnr3zAsCBQh7TL4Y55HB1UVPql3CINOy' +
      'HkSCLTm-76XpBlT65GIFYxxGkdPngiH0jtwU40KtQtvsz-3gdCC5NSr54KAJxJysK0Vkcy2USVRX3L0vZ_tg_X' +
      'cIBjHPOLeEozc7ZswtGulxp0IlYsLfXyR2mDJj9lWaj-1pwsdoBvhVO18fIjlnfxpKP19VoA-DkRdPq9KFJQPJ' +
      '3BMLohnRRXCaTwRb9isieNHJxcLnqB9HdpsqEbGLuGSKMuuYT_eu7ZwO4QI4huakAoEq5lUrA0GbTaJcvzuw',
    isRepeatable: true,
  },
  {
    algorithm: 'RS512',
    source: 'C2SP/wycheproof, rsa_pkcs1_2048_sig_gen, case 98',
    key: GENERATED_RSA_512,
    input:
      '0pa4krOnlkvQzIgvx8C-lItrvY6x7_jBOUL8qr8fOHct1Wuk2OzQtib_XO8c0EWhsKdpEDlvPHQwshWoWVDpww',
    signature:
      'TeTb-CYHs2pcZ3iuY1HYO371tK9kw3iIiesQ7xg4gihHzrUxkUOSNguS3uBVeW9z4824s9UJEKU33SJE_X-SJ4' +
      'A1bqPwHpnlvryxtu85jSOZvQJHKocUF9rsO75vifRfGvC_gZpEbcu7dcVpWNNLonyBIM7m_5ckKSHM9Y3pIWmV' +
      '-gxJyz5tYORkEbLfOwG3j6gcoUXOi-WU7gCQMe2mcusJe6XtZoenA7FU72FnV_lCN_QnX1RzjLWdNrIKnISuEz' +
      'vXFXR5UvAiJXOpH690Dkt-tOiKuqkQBOcqFwm0AWFrLtsnhOSR9nH89evjJrZp-sql2KD2-EaeqZXE23cvBg',
    isRepeatable: true,
  },
  {
    algorithm: 'PS384',
    source: 'RFC 7520 §4.2',
    key: COOKBOOK_RSA,
    input: 'JLRbJOknJU4G8-mwjI1VXonXFZ6K71lFlGmBTBZCxp1VJrxD5t_qfJF2wJkZeL8U',
    signature:
      'cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCd' +
      'P6O8TTB5dDDItllVo6_1OLPpcbUrhiUSMxbbXUvdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442Z' +
      'dNqiVJRmBqrYRXe8P_ijQ7p8Vdz0TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6uiP1' +
      'aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH510a6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw',
    isRepeatable: false,
  },
  {
    algorithm: 'PS256',
    source: 'C2SP/wycheproof, rsa_pss_2048_sha256_mgf1_32, case 2',
    key: PSS_RSA_2048,
    input: '3kfJsn640wDbtfLDU-Yyw5MmLPBjQMT6fxtAxMvTb5A',
    signature:
      'BljGj-CJVkYFbZvKQipk_kiBO04U8MjEEi5W00W2gT3GKG_94BRhfjUcevCg0sDyhd73nLc04eBVol-m_dwcB9' +
      'oXtLI1xjdBOxhJwkMR-nIzH0wEWMNkpJFt6GGbiE1-NyiPrRKSb8CR9IUWhqBP0KUE2849s3BmOm6mEo_qhsLK' +
      'lMY-DTTX8shFtdcdml5URFH1JKRRrLhcSbunhk4KNKSGE6gZyvPf0NUQyUDx3yHDNzkVvh81CaVX-k1aTp8nPo' +
      'VGeWETPiSCwJBzhkVCKPsCRmOGFvwxu7b6fCNhuANZlO7GmpI_TAuwuoaW3-ixQAwjmNezQ_30mLERbI3mAg',
    isRepeatable: false,
  },
  {
    algorithm: 'PS512',
    source: 'C2SP/wycheproof, rsa_pss_4096_sha512_mgf1_64, case 2',
    key: PSS_RSA_4096,
    input:
      '0pa4krOnlkvQzIgvx8C-lItrvY6x7_jBOUL8qr8fOHct1Wuk2OzQtib_XO8c0EWhsKdpEDlvPHQwshWoWVDpww',
    signature:
      'BKIllSnliI_YcNfgUXqlsbwF4Z2kANbeG45nb0TWz_21w75AR08UOYVzC58X7vrSW-E2xOQpSga2oqHXxNa6K0' +
      'MicUmmLigo2Md3HT_dwK7zYYfjciB5SArKnxxC_DWkGTEhY1sYMvK5_bHdFQkpqFo1_xLfuGclyCwdj9ccwvXe' +
      'w_c3PocyiR46l45MFaTnXrSfHJm7cyzlh9Oa1L3eYvS22__PaVIRTTvzOtWKdOPBKyIiOLUQFpMpCKqAAW-H_v' +
      'RlycUS_3Cb4JPjTtRxQN80-xWk-PYp3gDDg8ZZn7UeD4wqtdTT-vUmp0nzQpHau_4V353rqE2IlyQ2kGA1s9Do' +
      '3GqKudkALfOqEF9uOllbxm0PZMdg18FSuM27jgqa_ofDbWutY_oBf1QP8eZ9XYneqxQTAW7CWaS8GdjCUCV2-8' +
      'tJseoaqEFj6h4_i7mxWay83rI5XWUxSXiJkXwcgiRWAZ9xgY3EmLnjUXzWj07qayQ2TuZRvb8ygqsfVeZ774-L' +
      'YfdJ4ws9zrvKohUx7Mdym4yT8Dcy-BNnv1RfHVNxeqBWqqCKBDTindrXaValpkG0W5lGvHVhBvyo5244hdoVqq' +
      '4GXeupXB5QPJlv_4QA4obqOjtA4NewNlJynOo1YtipDJ6pxltN49zAEyguPajH3iGIw8TJueQhRRZSkvw',
    isRepeatable: false,
  },
  {
    algorithm: 'ES256',
    source: 'RFC 6979 §A.2.5, SHA-256 of “sample”',
    key: DETERMINISTIC_P256,
    input: 'ryvb4aqbbsHireHWlPQfxxqDHQJo6YkVYhE9imKt0b8',
    signature:
      '79SLKqy2qP0RQN2c1F6B1p0sh3tWqvmRw00OqE6vNxb3yxyULWV8QdQ2x6G24p9l8-kA27mv9AZNxKsvhDrNqA',
    isRepeatable: false,
  },
  {
    algorithm: 'ES384',
    source: 'RFC 6979 §A.2.6, SHA-384 of “sample”',
    key: DETERMINISTIC_P384,
    input: 'mpCDUFvJInauxL4xJpbve_O_YD9LvTgRlqAp80BYUxIxO8pKm1uJDv7kLHex7iX-',
    signature:
      'lO27kqXsuKrUc25WxpGRaz-IFAZmzp-nPWTE6pWtEzyBpkgVLkSs-W423R6A-r5Gme9K6xXxeM6h_kDbJgMTjx' +
      'MOdAoZYkUmIDtjUdCjqU-jKcFFeG5nnnuCxxo4YorI',
    isRepeatable: false,
  },
  {
    algorithm: 'ES512',
    source: 'RFC 7520 §4.3',
    key: COOKBOOK_P521,
    input:
      'srW81QIU30goXj7r9NypYQEJ65d-bhDUfYU7ATAqNZGVvmLzGbY55FxK6Vvh-NoPkkxBSZLr1foDq-dyJh6JTQ',
    signature:
      'AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1' +
      'eJAQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kvAD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu' +
      '9xQ2',
    isRepeatable: false,
  },
  {
    algorithm: 'ES256K',
    source: 'C2SP/wycheproof, ecdsa_secp256k1_sha256_p1363, case 1',
    key: SECP256K1,
    input: 'u1pS9C-ckmHtQ2H1lCKh4wA258MrJwyIB6QZ_spgUCM',
    signature:
      'gT73nM76mlb3uoBfDkeFhP5fDdX1Z7wJtRI8y8mDI2WQDnWtIz_MkIUJ2_9ZImR9s3wh9K_TIDro3ErneUsPhw',
    isRepeatable: false,
  },
  {
    algorithm: 'SM2-SM3',
    source: 'GB/T 32918.5, appendix A.2',
    key: SM2_STANDARD,
    input: '8LQ-lLpFrMqs5pLtU0OC6xfmq1oZznsx9Ehv38DShkA',
    signature:
      '9aA7BkjSxGMO6sUT4buBoVlE2jgn1bdBQ6x-rO7nILOxtqop3yEv2HYxgrwNQhyhu5A4_R9_QtSEC2nEhbvBqg',
    isRepeatable: false,
  },
  {
    algorithm: 'SM2-SM3',
    source: 'openssl/openssl, evppkey_sm2.txt, first Verify',
    key: SM2_OPENSSL,
    input: '1605f2_6XU9_EechfyQWB9wwYYwjbSwJwbnqj9re4ug',
    signature:
      'qx22TefEDtveZlHJuOvbgEZz24NuXVx_4V3PntJyUDfrpxRFH_abC7kws3nhkufNX6bjxBx_vYMDt5mrVKVGIQ',
    isRepeatable: false,
  },
  {
    algorithm: 'HS256',
    source: 'RFC 7520 §4.4',
    key: {
      kty: 'oct',
      k: 'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg',
    },
    input:
      'ZXlKaGJHY2lPaUpJVXpJMU5pSXNJbXRwWkNJNklqQXhPR013WVdVMUxUUmtPV0l0TkRjeFlpMWlabVEyTFdWbF' +
      'pqTXhOR0pqTnpBek55SjkuU1hUaWdKbHpJR0VnWkdGdVoyVnliM1Z6SUdKMWMybHVaWE56TENCR2NtOWtieXdn' +
      'WjI5cGJtY2diM1YwSUhsdmRYSWdaRzl2Y2k0Z1dXOTFJSE4wWlhBZ2IyNTBieUIwYUdVZ2NtOWhaQ3dnWVc1a0' +
      'lHbG1JSGx2ZFNCa2IyNG5kQ0JyWldWd0lIbHZkWElnWm1WbGRDd2dkR2hsY21YaWdKbHpJRzV2SUd0dWIzZHBi' +
      'bWNnZDJobGNtVWdlVzkxSUcxcFoyaDBJR0psSUhOM1pYQjBJRzltWmlCMGJ5NA',
    signature: 's0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0',
    isRepeatable: true,
  },
  {
    algorithm: 'HS384',
    source: 'C2SP/wycheproof, hmac_sha384, case 6',
    key: {
      kty: 'oct',
      k: '8i2Ge5crIy4_REpIjdeU0XCAfHDrZQ-VK2F3WW92xVil2GDW974L6eZm-b1Tcy-N',
    },
    input: 'FbKTd-A',
    signature: '4C5OILXx5fBpE7yXRckGnAnsE2nxopatHQfATMT5y0dBJI17oJfNO6DnXSQJ1qAb',
    isRepeatable: true,
  },
  {
    algorithm: 'HS512',
    source: 'C2SP/wycheproof, hmac_sha512, case 6',
    key: {
      kty: 'oct',
      k:
        'rKR_Y1CUGg79jDuskGSlVL4zfN59GS9vv4bRtNsJs2UxFly64KY0IG9x-kAN8zNS__YOH7pACaxmcc03MSvd' +
        'mA',
    },
    input: 'vJk7HbA',
    signature:
      'ia8vV0bKuJ_aaZPgDxvwzHCncYiUW7e1QJtTauxVM61QHbbs-j5Ra1gLffnI6ts89VbMwBZovphDNb1aYlXVZg',
    isRepeatable: true,
  },
  {
    algorithm: 'EdDSA',
    source: 'RFC 8032 §7.1, test 2',
    key: EDWARDS,
    input: 'cg',
    signature:
      'kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA',
    isRepeatable: true,
  },
]
