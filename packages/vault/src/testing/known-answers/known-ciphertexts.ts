import type { KnownCiphertext } from './known-answer.ts'
import {
  COOKBOOK_RSA_4096,
  COOKBOOK_RSA_ENCRYPTION,
  OAEP_RSA,
  SM2_OPENSSL,
  SM2_STANDARD,
  SM4_STANDARD,
} from './known-keys.ts'

/** A published ciphertext for each algorithm that is not another one with padding before it. */
export const KNOWN_CIPHERTEXTS: readonly KnownCiphertext[] = [
  {
    algorithm: 'RSA1_5',
    source: 'RFC 7520 §5.1',
    key: COOKBOOK_RSA_ENCRYPTION,
    plaintext: '3qyTVhIWt5juqZUCpfRqpvauwB956MEJL2Rt-8qXKSo',
    ciphertext:
      'laLxI0j-nLH-_BgLOXMozKxmy9gffy2gTdvqzfTihJBuuzxg0V7yk1WClnQePFvG2K-pvSlWc9BRIazDrn50Rc' +
      'Rai__3TDON395H3c62tIouJJ4XaRvYHFjZTZ2GXfz8YAImcc91Tfk0WXC2F5Xbb71ClQ1DDH151tlpH77f2ff7' +
      'xiSxh9oSewYrcGTSLUeeCt36r1Kt3OSj7EyBQXoZlN7IxbyhMAfgIe7Mv1rOTOI5I8NQqeXXW8VlzNmoxaGMny' +
      '3YnGir5Wf6Qt2nBq4qDaPdnaAuuGUGEecelIO1wx1BpyIfgvfjOhMBs9M8XL223Fg47xlGsMXdfuY-4jaqVw',
    isRepeatable: false,
  },
  {
    algorithm: 'RSA-OAEP',
    source: 'RFC 7520 §5.2',
    key: COOKBOOK_RSA_4096,
    plaintext: 'mYMfsggkTAm0TbvtlFh2hyoXnbEzJQjMxmgLN3d8xXA',
    ciphertext:
      'rT99rwrBTbTI7IJM8fU3Eli7226HEB7IchCxNuh7lCiud48LxeolRdtFF4nzQibeYOl5S_PJsAXZwSXtDePz9h' +
      'k-BbtsTBqC2UsPOdwjC9NhNupNNu9uHIVftDyucvI6hvALeZ6OGnhNV4v1zx2k7O1D89mAzfw-_kT3tkuorpDU' +
      '-CpBENfIHX1Q58-Aad3FzMuo3Fn9buEP2yXakLXYa15BUXQsupM4A1GD4_H4Bd7V3u9h8Gkg8BpxKdUV9ScfJQ' +
      'TcYm6eJEBz3aSwIaK4T3-dwWpuBOhROQXBosJzS1asnuHtVMt2pKIIfux5BC6huIvmY7kzV7W7aIUrpYm_3H4z' +
      'YvyMeq5pGqFmW2k8zpO878TRlZx7pZfPYDSXZyS0CfKKkMozT_qiCwZTSz4duYnt8hS4Z9sGthXn9uDqd6wycM' +
      'agnQfOTs_lycTWmY-aqWVDKhjYNRf03NiwRtb5BE-tOdFwCASQj3uuAgPGrO2AWBe38UjQb0lvXn1SpyvYZ3WF' +
      'c7WOJYaTa7A8DRn6MC6T-xDmMuxC0G7S2rscw5lQQU06MvZTlFOt0UvfuKBa03cxA_nIBIhLMjY2kOTxQMmpDP' +
      'Tr6Cbo8aKaOnx6ASE5Jx9paBpnNmOOKH35j_QlrQhDWUN6A2Gg8iFayJ69xDEdHAVCGRzN3woEI2ozDRs',
    isRepeatable: false,
  },
  {
    algorithm: 'RSA-OAEP-256',
    source: 'C2SP/wycheproof, rsa_oaep_2048_sha256_mgf1sha256, case 2',
    key: OAEP_RSA,
    plaintext: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ciphertext:
      'IHGAw0Bli1FUrkXS5OcyagmXxoOia1leU2opMzxLZhSa-F4CnVQZo546FHsiFRb_2GtrS2bD4MTEn-jFei9cN7' +
      'hwS5tZK4DbnNeIpO1Rq08KHL7WO9GNHwaiLyJYZrDCxBfLI0c7e6QlCxNTvS5bTw-TfNLv5fo42zwpX3dIuXAI' +
      'hlfbSqmnbh7m-_8WbsGGHQDQhTJsc4S90bwvQA1PdNvfra8_3EYHPmaFc-AgMLnrWvWOtUDGZnencRlEeewAmN' +
      'hYoupF0LoeazJEDfusdFAAVU1RoXaEypZLAqdNR58dQy73Y-9AWXFaQ0jP42ohU1lxLyW2l3kDvkrbkv679g',
    isRepeatable: false,
  },
  {
    algorithm: 'A128GCM',
    source: 'McGrew and Viega, “The Galois/Counter Mode of Operation (GCM)”, test case 4',
    key: {
      kty: 'oct',
      k: '_v_pkoZlcxxtao-UZzCDCA',
    },
    plaintext:
      '2TEyJfiEBuWlWQnFr_UmmoanqVMVNPfaLkwwPYoxinIcPAyVlWgJUy_PDiRJprUlsWrt9aoN5le6Y3s5',
    iv: 'yv66vvrO263eyviI',
    additionalData: '_u36zt6tvu_-7frO3q2-76ut2tI',
    ciphertext:
      'QoMewiF3dCRLciG3hNDUnOOqIS8sAqTgNcF-IymsoS4h1RSyVGaTHH2PalqshKoFG6MLOWoKrJc9WOCR',
    tag: 'W8lPvDIhpduU-ula5xIaRw',
    isRepeatable: true,
  },
  {
    algorithm: 'A192GCM',
    source: 'McGrew and Viega, “The Galois/Counter Mode of Operation (GCM)”, test case 10',
    key: {
      kty: 'oct',
      k: '_v_pkoZlcxxtao-UZzCDCP7_6ZKGZXMc',
    },
    plaintext:
      '2TEyJfiEBuWlWQnFr_UmmoanqVMVNPfaLkwwPYoxinIcPAyVlWgJUy_PDiRJprUlsWrt9aoN5le6Y3s5',
    iv: 'yv66vvrO263eyviI',
    additionalData: '_u36zt6tvu_-7frO3q2-76ut2tI',
    ciphertext:
      'OYDKCzwA6EHrBvrEhyonV4WeHOqm79mEYoWTtAyh4Zx9dz0AwUTFJaxhnRjISj9HGOJEiy_jJNnM2icQ',
    tag: 'JRlJjoDxR483ulW9bSdhjA',
    isRepeatable: true,
  },
  {
    algorithm: 'A256GCM',
    source: 'McGrew and Viega, “The Galois/Counter Mode of Operation (GCM)”, test case 16',
    key: {
      kty: 'oct',
      k: '_v_pkoZlcxxtao-UZzCDCP7_6ZKGZXMcbWqPlGcwgwg',
    },
    plaintext:
      '2TEyJfiEBuWlWQnFr_UmmoanqVMVNPfaLkwwPYoxinIcPAyVlWgJUy_PDiRJprUlsWrt9aoN5le6Y3s5',
    iv: 'yv66vvrO263eyviI',
    additionalData: '_u36zt6tvu_-7frO3q2-76ut2tI',
    ciphertext:
      'Ui3B8JlWfQf0fzejKoRCfWQ6jNy_5cDJdZiivSVV0aqMsI5IWQ27PaewixBWgog4xfYeY5O6egq8yfZi',
    tag: 'dvxuzg9OF2jN34hTuy1VGw',
    isRepeatable: true,
  },
  {
    algorithm: 'A128CBC',
    source: 'NIST SP 800-38A §F.2.1',
    key: {
      kty: 'oct',
      k: 'K34VFiiu0qar9xWICc9PPA',
    },
    plaintext:
      'a8G-4i5An5bpPX4Rc5MXKq4tilceA6ycnrdvrEWvjlEwyBxGo1zkEeX7wRkaClLv9p8kRd9PmxetK0F75mw3EA',
    iv: 'AAECAwQFBgcICQoLDA0ODw',
    ciphertext:
      'dkmrrIEZskbO6Y6bEukZfVCGy5tQchnuldsROpF2eLJzvta448F0O3EW5p4iIpUWP_HKoWgfrAkSDsowdYbhpw',
    isRepeatable: true,
  },
  {
    algorithm: 'A192CBC',
    source: 'NIST SP 800-38A §F.2.3',
    key: {
      kty: 'oct',
      k: 'jnOw99oOZFLIEPMrgJB55WL46tJSLGt7',
    },
    plaintext:
      'a8G-4i5An5bpPX4Rc5MXKq4tilceA6ycnrdvrEWvjlEwyBxGo1zkEeX7wRkaClLv9p8kRd9PmxetK0F75mw3EA',
    iv: 'AAECAwQFBgcICQoLDA0ODw',
    ciphertext:
      'TwIdskO8Yz1xeBg6n6Bx6LTZramtfe305ec4dj9pFFpXGyQgEvt64H-puqw98QLgCLDieYhZiIHZIKnmT1YVzQ',
    isRepeatable: true,
  },
  {
    algorithm: 'A256CBC',
    source: 'NIST SP 800-38A §F.2.5',
    key: {
      kty: 'oct',
      k: 'YD3rEBXKcb4rc67whX13gR81LAc7YQjXLZgQowkU3_Q',
    },
    plaintext:
      'a8G-4i5An5bpPX4Rc5MXKq4tilceA6ycnrdvrEWvjlEwyBxGo1zkEeX7wRkaClLv9p8kRd9PmxetK0F75mw3EA',
    iv: 'AAECAwQFBgcICQoLDA0ODw',
    ciphertext:
      '9YxMBNbl8bp3nqv7X3v71pz8TpZ-24CNZ593e8ZwLH058jNpqdm6z6Uw4mMEIxRhsusF4sOb6fzabBkHjGqdGw',
    isRepeatable: true,
  },
  {
    algorithm: 'A128CBCPAD',
    source: 'RFC 7518 §B.1, E',
    key: {
      kty: 'oct',
      k: 'EBESExQVFhcYGRobHB0eHw',
    },
    plaintext:
      'QSBjaXBoZXIgc3lzdGVtIG11c3Qgbm90IGJlIHJlcXVpcmVkIHRvIGJlIHNlY3JldCwgYW5kIGl0IG11c3QgYm' +
      'UgYWJsZSB0byBmYWxsIGludG8gdGhlIGhhbmRzIG9mIHRoZSBlbmVteSB3aXRob3V0IGluY29udmVuaWVuY2U',
    iv: 'GvOMLcK5b_3YZpQJI0G8BA',
    ciphertext:
      'yA7foy3fOdXvAMC0aINCeaLkahuASfeS92v-VLkDqcmpSsm0etJlXF8Q-a73FCfi_G-bPzmaIhSJ8WNixwMjNg' +
      'nUWsaYZOMyHPgpNaxAlshuEzMUxUAZ6Mp5gN-kuc8bOExIbzpUxRB4FY7l153ln7002Eiz1pVQpnZGNEQnreVL' +
      'iFH_tZj3-AB0uUc8guLb',
    isRepeatable: true,
  },
  {
    algorithm: 'A192CBCPAD',
    source: 'RFC 7518 §B.2, E',
    key: {
      kty: 'oct',
      k: 'GBkaGxwdHh8gISIjJCUmJygpKissLS4v',
    },
    plaintext:
      'QSBjaXBoZXIgc3lzdGVtIG11c3Qgbm90IGJlIHJlcXVpcmVkIHRvIGJlIHNlY3JldCwgYW5kIGl0IG11c3QgYm' +
      'UgYWJsZSB0byBmYWxsIGludG8gdGhlIGhhbmRzIG9mIHRoZSBlbmVteSB3aXRob3V0IGluY29udmVuaWVuY2U',
    iv: 'GvOMLcK5b_3YZpQJI0G8BA',
    ciphertext:
      '6mXaa1nmHttBm-YtGXEq5dMD7rUAUtDf1ml_dyJMjtsADSeb3BTBByZUvTCUQjDGV77UygyfSoRm8isibRdGIU' +
      'v4z8JACt2fUSbkeWY_yQs77Xh6Lw_8vzkEvipkHVwhBb_lkbriOx10SeUy7vYKmsi7bGsB011JeHvNV-9ISSfy' +
      'gK3JGsDE55x7Ee_GAFTj',
    isRepeatable: true,
  },
  {
    algorithm: 'A256CBCPAD',
    source: 'RFC 7518 §B.3, E',
    key: {
      kty: 'oct',
      k: 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8',
    },
    plaintext:
      'QSBjaXBoZXIgc3lzdGVtIG11c3Qgbm90IGJlIHJlcXVpcmVkIHRvIGJlIHNlY3JldCwgYW5kIGl0IG11c3QgYm' +
      'UgYWJsZSB0byBmYWxsIGludG8gdGhlIGhhbmRzIG9mIHRoZSBlbmVteSB3aXRob3V0IGluY29udmVuaWVuY2U',
    iv: 'GvOMLcK5b_3YZpQJI0G8BA',
    ciphertext:
      'Sv-qrbeMMcXaSxtZDRD_vT3Y1dMCQjUmkS2gN-y8x72CLDAd1nw3O8y1hK0-knnC5tEqE3S3fwd1U9-ClBBEaz' +
      'br2XBmKWrmQn6nXC4IRqEaCcz1Nw3IC_7LrSjHPwmzo7deZiollEEK5Jay4uZgnjHm4CzIN_BT0h83_09RlQu-' +
      'JjjQndekkwkwgG0HA7H2',
    isRepeatable: true,
  },
  {
    algorithm: 'A128ECB',
    source: 'NIST SP 800-38A §F.1.1',
    key: {
      kty: 'oct',
      k: 'K34VFiiu0qar9xWICc9PPA',
    },
    plaintext:
      'a8G-4i5An5bpPX4Rc5MXKq4tilceA6ycnrdvrEWvjlEwyBxGo1zkEeX7wRkaClLv9p8kRd9PmxetK0F75mw3EA',
    ciphertext:
      'Otd7tA16NmConsrzJGbvl_XT1YUDuWmd54WJWpb9uq9Dsc1_WY7OI4gbAOPtAwaIewx4XiforT-CIyBxBHJd1A',
    isRepeatable: true,
  },
  {
    algorithm: 'A192ECB',
    source: 'NIST SP 800-38A §F.1.3',
    key: {
      kty: 'oct',
      k: 'jnOw99oOZFLIEPMrgJB55WL46tJSLGt7',
    },
    plaintext:
      'a8G-4i5An5bpPX4Rc5MXKq4tilceA6ycnrdvrEWvjlEwyBxGo1zkEeX7wRkaClLv9p8kRd9PmxetK0F75mw3EA',
    ciphertext:
      'vTNPHW5F8l_3EqIUVx-lzJdBBIRtCtOtdzTss-zuTu_vev0icOLmCtzgui-s5kROmktBunONbHL7FmkWA8GODg',
    isRepeatable: true,
  },
  {
    algorithm: 'A256ECB',
    source: 'NIST SP 800-38A §F.1.5',
    key: {
      kty: 'oct',
      k: 'YD3rEBXKcb4rc67whX13gR81LAc7YQjXLZgQowkU3_Q',
    },
    plaintext:
      'a8G-4i5An5bpPX4Rc5MXKq4tilceA6ycnrdvrEWvjlEwyBxGo1zkEeX7wRkaClLv9p8kRd9PmxetK0F75mw3EA',
    ciphertext:
      '8-7RvbXSoDwGS1p-PbGB-FkcyxDUEO0m3FunSjE2KHC27SG5nKb0-fFT57G-r-0dIzBLejn58_8GfY2PniTsxw',
    isRepeatable: true,
  },
  {
    algorithm: 'SM4-GCM',
    source: 'RFC 8998 §A.1',
    key: SM4_STANDARD,
    plaintext:
      'qqqqqqqqqqq7u7u7u7u7u8zMzMzMzMzM3d3d3d3d3d3u7u7u7u7u7v__________7u7u7u7u7u6qqqqqqqqqqg',
    iv: 'AAASNFZ4AAAAAKvN',
    additionalData: '_u36zt6tvu_-7frO3q2-76ut2tI',
    ciphertext:
      'F_OZ8Ixn1e4Z0NyZacS7fV_Ub9N1ZIkGkVeygrsgBzXYJxDKXCLwzPp8v5PUlqwVpWg0y8-Yw5e0AkomkSM7jQ',
    tag: 'g941QeTCtYF34GWpv3ti7A',
    isRepeatable: true,
  },
  {
    algorithm: 'SM4-CBC',
    source: 'draft-ribose-cfrg-sm4, openssl/openssl, evpciph_sm4.txt, second SM4-CBC',
    key: SM4_STANDARD,
    plaintext: 'ASNFZ4mrze_-3LqYdlQyEAEjRWeJq83v_ty6mHZUMhA',
    iv: 'ASNFZ4mrze_-3LqYdlQyEA',
    ciphertext: 'Jnf0awnBIsyXVTMQW9SiKvYSX3J1zlUsOiu89TPeijs',
    isRepeatable: true,
  },
  {
    algorithm: 'SM4-ECB',
    source: 'GB/T 32907, appendix A.1',
    key: SM4_STANDARD,
    plaintext: 'ASNFZ4mrze_-3LqYdlQyEA',
    ciphertext: 'aB7fNNIGll6Gs-lPU25CRg',
    isRepeatable: true,
  },
  {
    algorithm: 'SM2PKE',
    source: 'GB/T 32918.5, appendix C.2, side by side',
    key: SM2_STANDARD,
    plaintext: 'ZW5jcnlwdGlvbiBzdGFuZGFyZA',
    ciphertext:
      'BATr_HGOjReYYgQyJo53_rZBXi7eDgc8D09kDs0uFJpz6Fj52B5UMKV7Ntqrj5UKPGTm7mpjCU2ZKDr_dn4STf' +
      'BZmDwY-AniYpI8U67CldMDg7VOOdYJ0WCvyxkI0L2HZiGIbKmJypx9WAhzB8qTCS1lHvo',
    isRepeatable: false,
  },
  {
    algorithm: 'SM2PKE',
    source: 'openssl/openssl, evppkey_sm2.txt, Decrypt, in DER',
    key: SM2_OPENSSL,
    plaintext: 'VGhlIGZsb29meSBidW5uaWVzIGhvcCBhdCBtaWRuaWdodA',
    ciphertext:
      'MIGKAiBGa-LvXBF4Lsd4ZKAFVBf0B6WvwR1lPGvOaeQXux0FtgIgYrVy4h_w3fXHJr0_n_Lq5W5ilHE6YH6blS' +
      'ViiWX2LMgEIDwbVxO12yco63v3deRPRon8MmaL3FZPUupFsJ6N8qX0BCIISp0MwplwkrfTxAT86VlW62BNcysj' +
      'B6jluJAO1mCMpbGX',
    isRepeatable: false,
  },
]
