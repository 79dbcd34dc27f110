import { gunzipSync } from 'node:zlib';

/**
 * A network that PyTorch 2.15 exported with `torch.onnx.export`: `(x - mean) / deviation`, `Conv2d`, `Hardswish`, a residual block with a
 * grouped convolution, `BatchNorm2d`, ReLU6, squeeze-and-excitation of linear layers, and a projection, then GELU, `MaxPool2d`,
 * `x.view(x.size(0), -1)`, `Dropout`, `Linear`, and softmax. Compressed.
 */
function unpack(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(Buffer.from(text, 'base64')));
}

/** With `dynamo=False`, version 13 of the operators, and `do_constant_folding=False`. */
export const legacyByTorch = unpack(
  'H4sIAAAAAAACA6UYCXhTRbovSdt0epA8WlrKVdN2kQc0PWiFNjNpC0qJQqEFvIA2bV6bQC5yYAGFfogurIAsfi4sHtRFWOWyVkSE' +
    'vKFV5LN+ZUVAdhEsqGgVUREEAddlJ/dL8xpQky+Tmf+f+a+Z/5iRxtKx1oUOi61enx6Tn5NXmJObH1X8XBGopGnleIvZ7tCaHTUW' +
    'p8PqdNTkpscFYAqpv8coQPQCrdHJMgOkYiklpWSUJuHCtGvo46ZvUMmZD1ELJcmPAgWAagICNOlEZbWzLshC4h4qxKQhi6rp5OCK' +
    'vOCkeB70FpLcWDIXldeyqKGhwSdJGQhlCQR5ELkmGBbw5SJDhZg0hMQuCoSiQbzdwZpyHmENjXoHiPMM6gxaO91f6e67GfBogSBQ' +
    'IXG3DA3idAaj1mEggpRSpVQLFcskgOhGm8VpTSMjEZMCEuaxNjNrrLHrtVa2VFwqdk+SA4lVq/Os8a+TgVi7w2bQsfZSUamIQIjA' +
    'dUBIEHqgUlvvUFZobbpqQ6PJYtAFZZT1RinieQOmH4jWGq16bcr2bQyxK0V4TBfkAfrmQcs9qMlOY5Ct1A9SiElDqL5NgfBpQF5n' +
    'tNTPy6knnHxGJ7p4YEo3rJe9Zb1Rt2N10e+2uhdCZD9Pgb6lAv28OtSZ/ccmMQBwHx2QEhjanGazwdxYY2K1ZpAcBl6gtdHZPj51' +
    'ZmW51lGvn2KxmbRGwyKPckFLDI40TUGHw4iqsazVbjBazCk73ht+F9lqYjapyWJizQ6nKYW4ldq7/ZPpNB/x8LjRrxeG57PJfp+V' +
    'Em+VRJGP10un0em9yfECgDwMF4Fke6mX5FTQp4QkzvgwWruDH2eCUHJmSMvEAZHD4nFJQnEmiCAkPYBPkyd8YghciG4zBW5vQ4Gg' +
    '3KAPzkEtjQargJYESqQhLRFhIRCcTA/xQe2ssorVOevZyeRQBmklC6EVINhnEoFE2+SJTR5X6gek81jWqjOY7GlRXu1bKRCZC+jv' +
    '9QE7m9NQn+d3H3kI0BN9BwXJEJhyImsyBUWlw5EKibsNBreoqGb36WaSgKSOdQTHiSDGYdOa7eX+DZsCIrGiU/nqGJ1BGZJCEQqJ' +
    'uyX0tlGgrzUhyucLKZ8voHx+JOXz/5jy94NIrAJ+TJBhWUYehlPE+jqE8Hy+DuFRhQ5H8qJAvj8K/EkqkcVqMm76Pp4YQz5Ur39v' +
    'jLCDCOKCSOLw9axiPelCUE8fThHr6xCmtcK+BiJQDAQXggtJoIkhcH8W7RHMogO9h0ZnecRs15qsRjYn159NR/nIBHFK/rReCTbz' +
    'Nmb/7krHN8mfc6O8375y7oci8JtkFzBCIKKkCqA8qXmYACIkSQ+NMMGdrosjipgXMYfn/ea1fyyxPwr6OGvgD2hBCmPv2jKdjl8Y' +
    'B4AKMWmE64D8CHVAfp91wGXJm2qvjz8IhJiDCHwC0oZcCUAQ6L8YQCA0M7D8bltD+HICVIhJI6xsQQRlCyIUPc0+ZWcDIeYgAh86' +
    'hWcdXtmSwAf7t2e6sC2FSQTsEBKxQBDoD1cCdhgTwQ5jItWTYXYIOcIR+ATs4F4gYAcP2C/xdgoITyeB2mqxGJWTtU1TyT8/UPPh' +
    'ilhfhwS1uHrWYKwxWXSspyISDJm9g6T3pneLIBm4DhaDPqSi+ymrQzNXjBegiK72JatJ/Dt5vuCdnO+Eaf79SCBJWBoVkmwfBL3Z' +
    'AUHatEw5UevQs7Ygt1gfRBHj/Wfi3WWlIVBDhkhZIChlQZ9S+ksFr5STaNpiNjcVF88w2+c7WXYRW1M4Lj0+QKcwl0co3U8oSUqF' +
    'KzwdhGkCBIgTPwkOeX4SACriAl1hAYvy+ALm37aAs4Cg2YAAA+IewWGIe/DAoYLOAUKKAWFCZNOJJPVaB3/TvRBFjPe/96ZX9XWs' +
    'QRgtWh5epEmFarO/uSun3lNBop7V6oKFQrxv6Km705XukdIL6lV2y8Nwv7vqLgcRGNGioiKiT7WlwWHSNpGa2tsJGMxLgwYmrcFc' +
    '02jTWvXMB2KpRCp2f2VUOf85S9MqttePxwedg/DOI69w5+cXYxtV4LpUMxorppyAOentMON0MnR2p6Hixo2uQ8kX4GERwD0zB3Hj' +
    '3lLi3TeXunR7bnLFIA8VnJOit3F/9MpHBrjw5Flu1YA89Nm9pXj5ml+4FuYqd7RmM5eaMwTKJ6bgY0dTcdYSF6d++iJMz0rCqe25' +
    'OOMwg8HlDi53aCU3ZfZ43PnnvVzcP2wlU3+kYJn4c9fFjjYXLIzCk7/thBO+gtx4LgZTJyDXXnraFVNUhBbqD8Oz2Zu4xO1nXIez' +
    'clBj4a9wxlMT4Li61dyN65mo8vQrUPyX17j4T+LRD/tqVbOwHFe17eL2re+Pe8Zm4seZjSUHxiViXdJRuHFCK/xk7QjYWatAFzvb' +
    'uKpkVclrykvwDrgCVooPqLjOLHRjawFM3SBBmz4egX89MgKvOZOHpz+WrzKqhqP1N0bio8eeh6e+Ho2jfxZhUeOTXMPdLdyZ43qI' +
    'UTbO/KwcqU98qdrUsBI2D4vGDy87CV1JY7nnBh7k2pNj4HXpy7DlylbVe+dWcj8+Q8N1zRu4f1uf4NTmdRxzB7nzUOXBd0iNLOXY' +
    'eUgdiMMdWdvh+kldkGkXkf0W+fY7/D1N0yL6ak4Grq6+C7++LwODUffhnZs1qOvAdPS/rhiublodGuNaAQ2HjHjPiVn4auo33OJ2' +
    'Kx7p+JQrXrMMrhqzc//KiWO4Hbkm1ZZtsxBzYnhJ7VuX4OU2PTdDVojVJ1Uws7IbDrg/ARlS6/HI1puujav1eDKEJaOWMapnB74A' +
    'V2/dwj0hTeQOfW6EazoN+F7Td1Ay1YD2vzsSvzlnHsr5Kw0TD5uRanY12rJ1Ct79RiHqSpeoxm1zwI6Rr3EtzjK85tBe1YuaJ+Hf' +
    'Oy7BqQ4NTl1lwLFtX0KqooxbOVS3f8TSRRySRxV36IfBgT1z8G7QBhUPHlfd80U3bL3vOpexRYlSLmegIaZLXNP0ajSz+Zrq45QZ' +
    'KJl9GDHDPVbu/Y6nkc2YIlF/es6hbv62VX366d1qJtszMfR9TyM79VM/JLqcjXoeXwzX37OEY0Z7pgm/+2lkVZV3otraXdzkly5x' +
    'Lx6bgZhRnumC74Ea2X+PPqU++cIC9f7iEep3Op9TM5Bstnu+0NuJJqNlQwss3bAF1j6UgZ5vfBnp3/0GR/WfUvL+2p/Q9+27MTlR' +
    'ouA54b2xaKRdyrU4Y+RMSDhIPJOEHig0Gd09y1Cn8x00Zm4mnPQhgyYkvYzPLR6p/vyZ7/FJy7eIGeERL/whQyMbseIgykobqj64' +
    'PUO9s8KKmUbCSeJ94S/v+xKrKX3g7B5kO7YP732yDe199gUcQ+3CO0p34rXy6+jixFTU1diGjyS049LOaijrPs211kUj1ZCXUPe+' +
    'l3DaY19jJs8jU99XRI3sSsWdaseC5eo9m7eoZypfVDNKz5K+ro4aGTVpvmvm2Ktcz6l/waWxX7iYuzwLbnWl1MgWj4rjXs0ejd6o' +
    'fJW7uSwTMUWehbe4ampkV6/Uqf+5/GH1OEu2+vVTlWrmPxTxepn7QIZkMU07FSU6ppq7k0E7jg9CzRfm7pc9s4J7FG6GpVH5qGr5' +
    'LNx8vsNV/nQZulZ8N9pGm1DX7vfg7vcfRXVrHsFnPyiDD4ztDy+szkUVP9wLr13JRN2bavGRc5+6Bn93AKbnZqFr62xwRWM2klzc' +
    'xGVUtbqW5FpR1T4GpbcXoIazs3HUkVn7py6ag5v0ejRHXYkqfklC6+YOwaO+l+O19HA8fTEHV52chiqejeYqVPNxy9Jarv3tn1Vn' +
    'R89VnR4cj5hh3uzFS8eahDu/Wg+Pf/QUt29YIX5oMKCa6FSQIqVoORDTlBmQEEh+UvevLhOQvEkPAYMIOhXI6X6+vFlUVKMzmEje' +
    'J5PLRbLE/wOfa7MVNxsAAA==',
);

/** With `dynamo=True`, which makes batch normalization part of convolutions. */
export const dynamoByTorch = unpack(
  'H4sIAAAAAAACA61XCXgURRaenhmSSeVgaMLhBEiYBDQNDJMJiZBMVUK4wgBJDKArgpNOpjMzMJdzkAQQWA5FRUDYXY71g1FZZEUE' +
    'gXUXmKoEFvgIH3wgp2AEdCMsN3gg4PKxNdMdknDopx/dX3e/evXq9f9evfeqSgXYaE+N3+2tsGniDLqMLJ2+V0UgI9NgkOXM7QaS' +
    'AVMNlJPtQhWr8AXKNSqX2yKYKaVVjA6UG2QgFYT5ICosYs5gFRb7ZEmIUlrFYPtkKrSBAeEOEOvzC05dlWC32vwgJtIot/M+NqrC' +
    '7ZpssGhiIwPFhlY5iH65ONDG6nUHPJ2ZICPn2gGlh7f48hnxDjLRXAeg4gN+t5nytVFFxWNGDxkTZBScGkT7/F67RfDly/PlYUEW' +
    'xFjsDt5vd7t8zYPjJglel+Aw+2y8R8hX5CsomyJOAxImNsbGey2+KrvPppG79NqYQtocHW5SqX0MaO4G7cod7opJuvC4Jhs7PsQy' +
    'RwyOtgp+OzVfExexOGypOTvjQZPlv9tkSfA3mdwPNKGis8k7zIYs6fss28YrOALZGhABG6EpVIfdQ0eNB2KnKJupZ5VOgXdpYiKi' +
    'YVILSgVLoEIYRWkuCSS63G6Pucrut5kFp8dfY+arBV9nWdjStkA1SRA8FrtTZFDtbzIgog+0Fx3pE3SVFRlN3m3XiilGksPuEniv' +
    'FEliQ6scJjidXAJQlgt+voNMNjMvyDBcPIjye3mXr0AMrbagDe/w2B7uH9gEpjuQtLPKsMmSjWFSqyylbyqygOINM1rhNTwKr0HE' +
    'qxI1mjM08S0QmzOeFObe4P4f2Gif3ep02y1S0EktbfRokaDSg0CTjDSd2ayY2AbJoWJDG10qRIKHhlwM73C4q6YIXncEElXSozki' +
    'ItKswhlwSDWBUlrFqICDijW0yp2nRNdY3FUuH+/0OASdvslr3R7bJeZSjBS15sxW2ZT5iwVEJt5PPJtENjWvJwibDZrBsQreYpHc' +
    'QCmtYqAl7PJsEOazSmtzRFkjETWMvrmOIJb3eLzuaruT9wtapcvtEig4Og7TSAsLssDJV5s9breD1s+2opPvM7TRo/jqEkpyiSDe' +
    'R4s8bxXMbq9F8IoZ9yiL6JRWCHaH2UlViVK/y2dS0X3QPyKb4h8KWgAXoy3LIEVbZstoy/zlaJvDSHGWCeJtAm/R3a8OsVKzVZ4Z' +
    'WueZ4Unl2YD7eWageeau9FPjmvJMbNE8EwkuFij5artPsiA8gXaX2erlPTZun0KlVCnCt5opaLlamjYqfBWDyK5AEll/aC2++EoO' +
    '8TKZoe/MfYi26DjUaepgSkMiDJzujHKsK0J7Ei/DA3JAzj+fhAf8sy/Zcm9GyPLZPZwDMlBmowptJe3R2s/tsObkWTy/Ywb6ekQ+' +
    'mbPgZxzkbuLD5g9wJ11X2G5YB3LkcCeSNj2E8xZeh5q0BNKpTk9SDnAEfL8D67sV46IJg0j96//CMe97c0tuMHCg4pvQ9R2bQjBL' +
    'RkZdqoeDz0E8CEcR5jjEdfkNoajsbFRjOwDP9liF49edCR1I0yFr1l049q3BcED52/jO7VRU3LAWKt7cgGNPxaJr28qM40k7Urrp' +
    'E7xtaXtyvn8qmc2tyK0dEE8sCYfhisEb4alF6bC+TIuu12/CpYnG3A19v4Pd4TxYrKg14vo0dGdNJuy0TIlWHUsndw+lkwVnMsiY' +
    'Vw1Gh/FptPROL3L4yLvwy//2IW1+khO59TVcOSSIzxy1QYJ6kNSvC1De8W+NqyrfgDOT25CXZp2EoYT++K9P7cJ1iVHwtmo1DP64' +
    'xri78Q18YwkLF89chk945uI812LMdVcp6Sw2b3NM6g5HLkKmNobsSFsHlw7fD7k6OZ1vuTTfD+8fTEH5+eUr8auj/oE3/LASl16q' +
    'x8Ote+HJysNwQMncUJfDZ+CtAdFwefpFfLHyFJ4/txK7O1/F78tfwr6uDBw5otf2ItOm0MbFF3OT2BfQ0j+l5n668DIcub8cN1br' +
    'yeC2/eG1dV9A5V4V4sZOIEP73Q6d+7Cc1Hv65w7s29P4WdflsJfvPfy9PwbfOFsJT3xZQTYfHI4mlexBn9x7hySp96LZ6TXw0zv7' +
    '0PS1m9G5NRsI8K5As5aUGdffPAi/bUwkfs9q0pDQFRpGNMIXXyhCWzt8TKbO3kP+fpJFm1Or8KYT72x/pmcQX6hLzdEfHQEv/XEB' +
    'GfHhf+DUndGwZkYC6l+eTPBfypCwfxQadldDjiW9jpac6QaTc+ehfYPmIw5S/4X9/KgdgikluCwI85f9DZaNS0HvWlcj278vEFn7' +
    'oty9i35AV+u2EDpJ8mbXt9hJmFT7+y4iKb2eh/QPyojQo9Z0U8rp87NQfWAn6jcxFQ4/yKHBCatJ49Reed8suUpOui8hLj0C7+G1' +
    '36ROn7cLpXXulrdrXUre+kIP4az0T0oVo2LogMeviKb8qS/OQKtds8i8oTXof6rxhAvsJP1W7iDDesfmjVSnI+WytrW+JZraqMkf' +
    'wX67M4jzWja6crMBdT34FdE7k2u5Lxgac2r6l9Y101THyORHjBPXc+jjo0lo5uWJ29VL5uFp8AOYLzOg0jnjycyLO0IFCweiWzlD' +
    '0EesE+3fshtu2TsNlS+oImf3DYR/6N8eXn5bjwqvjYC3fkxFp1eVkUONX4W6XKmFGn0aurXYC+dZeyDl9VU4pXRjaLreg0q3cUhT' +
    'l4kqz04gskPjt5dMeZlU22zo5bxiVPhzAlo8sSvpfbUdWcQ+TcZMxXD+yedQ4Z/b4ELjKyQ4owzXbf3JeLbPRGNDl1jEJYu1s0Xx' +
    'N8U9c24pPPr5W3hbchbhulDTRRdHzjWmuMvP3ULHqi+g3DMHEdftfq90pDHF3Zk+ERWUCaiyshJx6khPZHtsUsro1YLzbJhTl091' +
    'yNXRBdKG2KSWy8RLIX05HY2Ipv5sU8o96VJK/cwD35b6sgwmdRO/aVxEH1PwmLOGSR285IW6K1OQe8FrqPDVtYTLjsj/yr7KpFbU' +
    'xxs7F60kaVvcKPjeNDJuOUNPg2xHkKhiWDWQqxj6KOijCj9aCPp6Jll1kaOkTqj2uL1+XWRVC+80Xbw/4BV0w12egH+0R6jQTbK7' +
    'LCwYO3pIqXl4UcnYMXR41m8Y7hG8PjutrC4/qyyim6LycaBp2WUTQBwFqGoCqM0D+l/VXBzwt0IWG0FWPHYMhVagBDJ14v8BEVvA' +
    'YSkPAAA=',
);
