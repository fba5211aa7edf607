// Keys of published test vectors, numbers base64url as JOSE writes them. Every one of them is known
// to the whole world.
import type { KnownKey } from './known-answer.ts'

/** RFC 7520 §3.4; the numbers beside n, e and d with it. */
export const COOKBOOK_RSA: KnownKey = {
  kty: 'RSA',
  n:
    'n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_' +
    'AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpP' +
    'e7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg' +
    '_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw',
  e: 'AQAB',
  d:
    'bWUC9B-EFRIo8kpGfh0ZuyGPvMNKvYWNtB_ikiH9k20eT-O1q_I78eiZkpXxXQ0UTEs2LsNRS-8uJbvQ-A1irkwM' +
    'SMkK1J3XTGgdrhCku9gRldY7sNA_AKZGh-Q661_42rINLRCe8W-nZ34ui_qOfkLnK9QWDDqpaIsA-bMwWWSDFu2M' +
    'UBYwkHTMEzLYGqOe04noqeq1hExBTHBOBdkMXiuFhUq1BU6l-DqEiWxqg82sXt2h-LMnT3046AOYJoRioz75tSUQ' +
    'fGCshWTBnP5uDjd18kKhyv07lhfSJdrPdM5Plyl21hsFf4L_mHCuoFau7gdsPfHPxxjVOcOpBrQzwQ',
  p:
    '3Slxg_DwTXJcb6095RoXygQCAZ5RnAvZlno1yhHtnUex_fp7AZ_9nRaO7HX_-SFfGQeutao2TDjDAWU4Vupk8rw9' +
    'JR0AzZ0N2fvuIAmr_WCsmGpeNqQnev1T7IyEsnh8UMt-n5CafhkikzhEsrmndH6LxOrvRJlsPp6Zv8bUq0k',
  q:
    'uKE2dh-cTf6ERF4k4e_jy78GfPYUIaUyoSSJuBzp3Cubk3OCqs6grT8bR_cu0Dm1MZwWmtdqDyI95HrUeq3MP15v' +
    'MMON8lHTeZu2lmKvwqW7anV5UzhM1iZ7z4yMkuUwFWoBvyY898EXvRD-hdqRxHlSqAZ192zB3pVFJ0s7pFc',
  dp:
    'B8PVvXkvJrj2L-GYQ7v3y9r6Kw5g9SahXBwsWUzp19TVlgI-YV85q1NIb1rxQtD-IsXXR3-TanevuRPRt5OBOdiM' +
    'GQp8pbt26gljYfKU_E9xn-RULHz0-ed9E9gXLKD4VGngpz-PfQ_q29pk5xWHoJp009Qf1HvChixRX59ehik',
  dq:
    'CLDmDGduhylc9o7r84rEUVn7pzQ6PF83Y-iBZx5NT-TpnOZKF1pErAMVeKzFEl41DlHHqqBLSM0W1sOFbwTxYWZD' +
    'm6sI6og5iTbwQGIC3gnJKbi_7k_vJgGHwHxgPaX2PnvP-zyEkDERuf-ry4c_Z11Cq9AqC2yeL6kdKT1cYF8',
  qi:
    '3PiqvXQN0zwMeE-sBvZgi289XP9XCQF3VWqPzMKnIgQp7_Tugo6-NZBKCQsMf3HaEGBjTVJs_jcK8-TRXvaKe-7Z' +
    'MaQj8VfBdYkssbu0NKDDhjJ-GtiseaDVWt7dcH0cfwxgFUHpQh7FoCrjFJ6h6ZEpMF6xmujs4qMpPz8aaI4',
}

/** C2SP/wycheproof, rsa_pkcs1_2048_sig_gen, SHA-384; its primes are to be found from n, e and d. */
export const GENERATED_RSA_384: KnownKey = {
  kty: 'RSA',
  n:
    'zab6XKdr_gSS7Ffgo7__cnLcjR4lrR-zOKoFDwLBBOYxM9a1t8SYXruumsA2pbnAMHTWCuyOJbrzkqDEMP8FuI6U' +
    'iAXT3XRRHYiFJQp7V0IVraAVxVkHZobiU8zJbAgVsSke54fMM2O0932TDrmY18WCskzqnOId6XInkZiYY6J-vICg' +
    'DeW9L5Iod15aTOsFTVjJvjagVDNpcaE2Qt2VEN1paqJo2zqrIpnV2I-OViQ00UJwlNPfjnLR72m07TTRK6w3UiOy' +
    'olzyJ_c1-BboXhcjkwR2mmCCFUzRWJn8Hq77abdIo-XtJNODcll94-TionuVHWrH2xgtaAnY_1Ebfw',
  e: 'AQAB',
  d:
    'Wj3JYtr8omyzZA5zvqdDmp8YdLwj4EImzNiee6XDuTihopO3Dbqw-fD1f2aVFEfcM-cw_X4sKhZNR6xQKwfdJM08' +
    'FCwqeeTOq1z6v_RHh1SyWowCwaR9gNnzer5ELKmniyP2Mbb_PhWklW1_GFkM3rIG1eK2mL0ITyYOgu8o_57G28ha' +
    'iV7Io4ZXUPUBuWEl2xu92ZpK5GiK2zBKq9_E4M-5_mtrwNt0yIr4IX7tc4oNBP6NMsHREDcM4cGy9jBlc1BpSUJz' +
    'CHjm__d62n6aMX34vAWepwgTJTBrjrL6DTo9ifrkdtk0SJK81aQs-Dt7zz4OUbTHjnKzIHpgpwGtsQ',
}

/** C2SP/wycheproof, rsa_pkcs1_2048_sig_gen, SHA-512; its primes are to be found from n, e and d. */
export const GENERATED_RSA_512: KnownKey = {
  kty: 'RSA',
  n:
    'wsSoYCNtPJCWoHbWulEH4Pe9geG6kW9zdXJL0rCwtjlWgTcVo0V6sEWLcfs1pFsn-e96w-V53qRd-_0HgZ7WtwIa' +
    'pTNsWEQqrdlsqe6dMkc-nZJ4VitNECWK3mqY-xx8_cOzcW713sWM9zs1nziVmbS1hlqYY1GesAHDJDh9p1VFDbNB' +
    'MJNg44B8BWW44sRPvV5ujQTQBtfudouOhDYIKpD6DoN_MvRgh6tKDZviiqfaF5TOsBcqf1DtIPbfZB77y_0qrIl3' +
    'XHYacxAJPGccl3-hiw1uAfsl96QytCxlNZeExokgVxnBz246Zdri2kNMMm3egbtv__vb9t5cFrunSQ',
  e: 'AQAB',
  d:
    'ClwnkKWRw-z09igcF-EDiEXlQKlfISlKfO7NdbGMVMUMAueJMRwbAJFSb4erPMjUgYjpgM4OA3e-wA6ffZeTWDy2' +
    'ah8oHjHSC1lLXGai2e_MNtl5qSu4d6lnj5kf9gt34o-sVdZPIcBkVSpDGesKmhhwp2rePDo1NKuDU8PleycINjhZ' +
    'rTpjN_wV_7kJgNk3Q_ly10PD3G_dtEJ5B5qAmr7IETpvmH9xdIwDak2vNTsnqB5pg9VqLWW3G5MSjVVpSZ0QrROW' +
    '8JTu13wETjzp74LwAUwlumk5KMALUEO2QbAW41abS9hNaDNyU4ZxMHMhwl5ZDxS-8kHm2O3yT_OYWQ',
}

/** C2SP/wycheproof, rsa_pss_2048_sha256_mgf1_32; the public half alone. */
export const PSS_RSA_2048: KnownKey = {
  kty: 'RSA',
  n:
    'orRRoH0KpfluRVZxUTVQUUqKW0YuvvcXCU-h_ugiJOY3-XRtP3yv0xh42AMltu9aFwD2WQO0aUKeidbqyIRQl7Wr' +
    'OTGJ25JRLtincRoSU_rNIPecFegkfz0-QuRuSMmOJUov6XZTE6A-_48X4aApOXofomqNzib0kO2BKZYV2YFMItph' +
    'BCjgnH2WWFlCZvXAIdD87KCNlFoSvoLeTR7Oa0wDFFtdNJXU7VQR64eNrwX9evw-Ca2g8RJkIvWQl1oZaYFvSGmL' +
    'y7obTZyuedRg2Pn4Xnl1AF2bwixOWsD3waRdElaaYoB9O5oC5aUw53MGb0U9H1tMLpz3ggKD90K51Q',
  e: 'AQAB',
}

/** C2SP/wycheproof, rsa_pss_4096_sha512_mgf1_64; the public half alone. */
export const PSS_RSA_4096: KnownKey = {
  kty: 'RSA',
  n:
    'yadlwmYbRnTP80gOml5GKtCtL8m8b772KEezET0gmR9lOWeXHCglJ1P1-6zOASwqirWSkU0mnvr6ck-kuSDjQJMM' +
    'EG97Nvec6_DmLojg5HaIjp8OIhhqzbbEUjojK2W0_yzCLcRPilWVJ9edfNfc83cyEve7mqEzwxFlzGY2kL8SPXOS' +
    'PIOJKcyv7lnWxwlbjUp0uvLRksmk6HxOErxYATB4sop3iegunzHeH01qKqboBjK-jkvfJj6NSbCUFvsZxIjAetiv' +
    'ciq3kYKyMCinHgZdAkEqnuvEbX2PTgPXkjjYwMtKl6mhIA67bsZAQuvsytlWdSbu7xLBfZTBBJyImXC5bpTMNTFy' +
    'omiknF6L7hPBWznexE8sehqjenoLb3IpCsraMrHYrx_D3IqJSHuoE0fL6xNQkl0w-SOVgQa0mVnIcefB26VdoHcu' +
    'Niz4Yh14YQhouJThbl3-yWh0qTpM83m0fn4xjOMVBm1w7jk4FApgFI8gUIXO-KdwDKPFPVKldWpjs7FvFTBithJi' +
    'poSWIQyL5O8_kCnKDqDjs6DV1tIm7bv0Ta-PBF3Cht7TxOxNtrRTRwefM-r5jjyVtLYOee9KMJP-7FQ3A0Irp0oR' +
    'hRHCGTtU_otjOGbtLHBcy8bn2dNlaAnsPTNW50AKlkjsN1BQQePjGvHALu_pJKZwR9M',
  e: 'AQAB',
}

/** RFC 6979 §A.2.5. */
export const DETERMINISTIC_P256: KnownKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y',
  y: 'eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk',
  d: 'ya-p2EW6dRZrXCFXZ7HWk05Qw9s26JsSe4piKxIPZyE',
}

/** RFC 6979 §A.2.6. */
export const DETERMINISTIC_P384: KnownKey = {
  kty: 'EC',
  crv: 'P-384',
  x: '7DpOQVtOGaRWhhgCn0J_pdqai8SukuAuBqrlKGswDGTe-PDqkFWGYGSiVFFUgLwT',
  y: 'gBXZty19VyROqO-awMYhiWcIpZNn-d-59UyoSz8cnbEoiyMcOuDU_nNE_SUzJkcg',
  d: 'a509rS4bjBwFsZh1tmWfTeI8O2Z78pe6mqR3QHhxN9iW1XJOTHCoJfhyyepg0u31',
}

/** RFC 7520 §3.2. */
export const COOKBOOK_P521: KnownKey = {
  kty: 'EC',
  crv: 'P-521',
  x:
    'AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt',
  y:
    'AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1',
  d:
    'AAhRON2r9cqXX1hg-RoI6R1tX5p2rUAYdmpHZoC1XNM56KtscrX6zbKipQrCW9CGZH3T4ubpnoTKLDYJ_fF3_rJt',
}

/** C2SP/wycheproof, ecdsa_secp256k1_sha256_p1363; the public half alone. */
export const SECP256K1: KnownKey = {
  kty: 'EC',
  crv: 'secp256k1',
  x: 'uDj_ROW8F3vyEYnQdmCC_J2EMiaIf8l2A3EQC37iCm8',
  y: '8MnXW_unsxpryhl0SW7rVt41cHGVXYPEsbraoLIYMuk',
}

/** RFC 8032 §7.1, test 2. */
export const EDWARDS: KnownKey = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw',
  d: 'TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs',
}

/** RFC 7520 §5.1. */
export const COOKBOOK_RSA_ENCRYPTION: KnownKey = {
  kty: 'RSA',
  n:
    'maxhbsmBtdQ3CNrKvprUE6n9lYcregDMLYNeTAWcLj8NnPU9XIYegTHVHQjxKDSHP2l-F5jS7sppG1wgdAqZyhnW' +
    'vXhYNvcM7RfgKxqNx_xAHx6f3yy7s-M9PSNCwPC2lh6UAkR4I00EhV9lrypM9Pi4lBUop9t5fS9W5UNwaAllhrd-' +
    'osQGPjIeI1deHTwx-ZTHu3C60Pu_LJIl6hKn9wbwaUmA4cR5Bd2pgbaY7ASgsjCUbtYJaNIHSoHXprUdJZKUMAzV' +
    '0WOKPfA6OPI4oypBadjvMZ4ZAj3BnXaSYsEZhaueTXvZB4eZOAjIyh2e_VOIKVMsnDrJYAVotGlvMQ',
  e: 'AQAB',
  d:
    'Kn9tgoHfiTVi8uPu5b9TnwyHwG5dK6RE0uFdlpCGnJN7ZEi963R7wybQ1PLAHmpIbNTztfrheoAniRV1NCIqXaW_' +
    'qS461xiDTp4ntEPnqcKsyO5jMAji7-CL8vhpYYowNFvIesgMoVaPRYMYT9TW63hNM0aWs7USZ_hLg6Oe1mY0vHTI' +
    '3FucjSM86Nff4oIENt43r2fspgEPGRrdE6fpLc9Oaq-qeP1GFULimrRdndm-P8q8kvN3KHlNAtEgrQAgTTgz80S-' +
    '3VD0FgWfgnb1PNmiuPUxO8OpI9KDIfu_acc6fg14nsNaJqXe6RESvhGPH2afjHqSy_Fd2vpzj85bQQ',
}

/** RFC 7520 §5.2. */
export const COOKBOOK_RSA_4096: KnownKey = {
  kty: 'RSA',
  n:
    'wbdxI55VaanZXPY29Lg5hdmv2XhvqAhoxUkanfzf2-5zVUxa6prHRrI4pP1AhoqJRlZfYtWWd5mmHRG2pAHIlh0y' +
    'SJ9wi0BioZBl1XP2e-C-FyXJGcTy0HdKQWlrfhTm42EW7Vv04r4gfao6uxjLGwfpGrZLarohiWCPnkNrg71S2CuN' +
    'ZSQBIPGjXfkmIy2tl_VWgGnL22GplyXj5YlBLdxXp3XeStsqo571utNfoUTU8E4qdzJ3U1DItoVkPGsMwlmmnJiw' +
    'A7sXRItBCivR4M5qnZtdw-7v4WuR4779ubDuJ5nalMv2S66-RPcnFAzWSKxtBDnFJJDGIUe7Tzizjg1nms0Xq_yP' +
    'ub_UOlWn0ec85FCft1hACpWG8schrOBeNqHBODFskYpUc2LC5JA2TaPF2dA67dg1TTsC_FupfQ2kNGcE1LgprxKH' +
    'cVWYQb86B-HozjHZcqtauBzFNV5tbTuB-TpkcvJfNcFLlH3b8mb-H_ox35FjqBSAjLKyoeqfKTpVjvXhd09knwgJ' +
    'f6VKq6UC418_TOljMVfFTWXUxlnfhOOnzW6HSSzD1c9WrCuVzsUMv54szidQ9wf1cYWf3g5qFDxDQKis99gcDaiC' +
    'AwM3yEBIzuNeeCa5dartHDb1xEB_HcHSeYbghbMjGfasvKn0aZRsnTyC0xhWBlsolZE',
  e: 'AQAB',
  d:
    'n7fzJc3_WG59VEOBTkayzuSMM780OJQuZjN_KbH8lOZG25ZoA7T4Bxcc0xQn5oZE5uSCIwg91oCt0JvxPcpmqzaJ' +
    'Zg1nirjcWZ-oBtVk7gCAWq-B3qhfF3izlbkosrzjHajIcY33HBhsy4_WerrXg4MDNE4HYojy68TcxT2LYQRxUOCf' +
    '5TtJXvM8olexlSGtVnQnDRutxEUCwiewfmmrfveEogLx9EA-KMgAjTiISXxqIXQhWUQX1G7v_mV_Hr2YuImYcNcH' +
    'kRvp9E7ook0876DhkO8v4UOZLwA1OlUX98mkoqwc58A_Y2lBYbVx1_s5lpPsEqbbH-nqIjh1fL0gdNfihLxnclWt' +
    'W7pCztLnImZAyeCWAG7ZIfv-Rn9fLIv9jZ6r7r-MSH9sqbuziHN2grGjD_jfRluMHa0l84fFKl6bcqN1JWxPVhzN' +
    'Zo01yDF-1LiQnqUYSepPf6X3a2SOdkqBRiquE6EvLuSYIDpJq3jDIsgoL8Mo1LoomgiJxUwL_GWEOGu28gplyzm-' +
    '9Q0U0nyhEf1uhSR8aJAQWAiFImWH5W_IQT9I7-yrindr_2fWQ_i1UgMsGzA7aOGzZfPljRy6z-tY_KuBG00-28S_' +
    'aWvjyUc-Alp8AUyKjBZ-7CWH32fGWK48j1t-zomrwjL_mnhsPbGs0c9WsWgRzI-K8gE',
}

/** C2SP/wycheproof, rsa_oaep_2048_sha256_mgf1sha256. */
export const OAEP_RSA: KnownKey = {
  kty: 'RSA',
  n:
    'orRRoH0KpfluRVZxUTVQUUqKW0YuvvcXCU-h_ugiJOY3-XRtP3yv0xh42AMltu9aFwD2WQO0aUKeidbqyIRQl7Wr' +
    'OTGJ25JRLtincRoSU_rNIPecFegkfz0-QuRuSMmOJUov6XZTE6A-_48X4aApOXofomqNzib0kO2BKZYV2YFMItph' +
    'BCjgnH2WWFlCZvXAIdD87KCNlFoSvoLeTR7Oa0wDFFtdNJXU7VQR64eNrwX9evw-Ca2g8RJkIvWQl1oZaYFvSGmL' +
    'y7obTZyuedRg2Pn4Xnl1AF2bwixOWsD3waRdElaaYoB9O5oC5aUw53MGb0U9H1tMLpz3ggKD90K51Q',
  e: 'AQAB',
  d:
    'JM3GIxf11ypva6bMljKJmwHR_yiGfXL2FoiZW8hVpOQgqEBSUAib2xPPjglUOCe3SLnSf7srTZ4gr4xaaoYnltGk' +
    'zBitFupni8G9SoO7vpxeV0U7XOc4jkGjukzit3tEOKIp6VT3INrgNT3AiKyKdrJtwnb44beFHd1jmK0W_y54GVEj' +
    'ubA26UXDjJ0SQ09t92_iI1nrPhrJwBFnj8km-tOuR1pP__9V_rLRR-nIlPTA4ppZnnYkYkgtlov0J4CUX8DSwxxX' +
    'PEQxuPT-i4xnvsgVq9RPeobtyhwjCHNzWNLCrl4uDi2t9zCYAmI3flixO32ZkgYKC8hwzP20qTGe4Q',
}

/** GB/T 32918.5, appendix A.2. */
export const SM2_STANDARD: KnownKey = {
  kty: 'EC',
  crv: 'SM2',
  x: 'CfnfMR5UIaFQ3X0WHkvFxnIXn60YM_wHa7CP81bzUCA',
  y: 'zOpJDOJndaUtxupxjMGqYArtBfvzXghKZjL2By2prRM',
  d: 'OUUgj3shRLE_NuOKxtOflYiTk2koYLUaQvuB7033xbg',
}

/** openssl/openssl, evppkey_sm2.txt, SM2_key1. */
export const SM2_OPENSSL: KnownKey = {
  kty: 'EC',
  crv: 'SM2',
  x: 'OToq2eJ-Q6yqq4WhnTuFWR4UQGFXF1rd03v3f_DK-e0',
  y: 'N_zzqLT1XAOFIyYfymY2r-anr6KhSCpgb1yzoYsuKh4',
  d: '0JFWczAXva2An9m72MaT9gIwWTFptvlKrxyO4TjMmbU',
}

/** GB/T 32907, appendix A; also in RFC 8998. */
export const SM4_STANDARD: KnownKey = {
  kty: 'SM4',
  k: 'ASNFZ4mrze_-3LqYdlQyEA',
}
