/** Files that PyTorch 2.15 wrote, compressed. */
import { inflateSync } from 'node:zlib';

/** Tensors of several types, views, and parameters: `{'epoch': 3, 'model': OrderedDict(…), 'size': torch.Size([2])}`. */
export const zipOfTorch = unpack(
  'eNqlV9tzE1UYP7k0LaH0AmgLKiCgpgol96Rc2rJiRBelXURjvcRtsm0Wttl8uyelRStlnBZ8A4dxeHC8Pfvuk05H/wJnrE/O6IwPjE8+qk94LmnYc2oJNDs5' +
    'u9nN+V3O+c75vs2YGggi1NGB1h09aDvSnWLZnDWOlHSsD1YvWjmlC00Ix6J/AVAk30YARtUulsGnBtjdjF0yLPAXi7ZlGUVs2hU3fNYpGY5ROmUWcRgCAxoE' +
    'I3mijsq6NQVtRWwTucFCDZuWGy44xmTNtEoFbFRc2ynMxsMQikTy7aS/S3rq0wa0c0j4NMGf48/C0JH3kS5R2JIPkGuxWoOw6sewdVxFqn8JOlXfEmz7uEzl' +
    'uzB0a9CTD5GOk1OWrWPoLROR8hqxkqMPY+kG+XZGHoMdZUa6s076CCV9lJP2YejXYBcjLdm1ScuA3QLpKfawQfkYo4zD44TSh+EJSknY9tDTXk65D8OTGuzP' +
    'h0lH7OgVt2q7RgkOCLTMaoP1IGNNwFOEtRPD05Q1qAaW4RnVpwaXIcKZBzA8q8FzzKxrmUXCeoizlg+W69jD4wTpV/3LMEi/LMMRjo1iiGkQZ9GeMh0XQ2IN' +
    'ysSTkCQEIQwpKh5YgjQdUoaDsxiGNDjKhY2iXSnBsYZwHXd8nMgGl+AExQ1z3AiGUQ1O5rcQXFV39BkDGw4oG6ydRo8wPC94S8EpHsEX6hHMUY0XucZpDC9p' +
    '8PJ1dqNegzMavMJGWbRrFQyvCtN+xq5MN2b9LCNPwxiP5TghHxjgpBqGcxq8xmfL0qddOC8uNdu2GjyvM54MvMFN5usm36QmJzjfWxje1uCdPN25xlxVr5RI' +
    '7N4VBpmFAvfxHsPT0OnkC1qGSc5RxFDSwOC7d6aK52FKIBiCaUKAMJQpAaLLx1QDqm8ZLnCCixgsDWYYQcXGxEGlWSQKl0xcLrhYx2ScdqSh56f7KgpV7hjq' +
    'u8ChJ5eLYQw1DWZ5WC4twBzLHVQW5pndObhMFuH7GnxQYz+55mUDFurze47chOFDOo1XlmBRg6u1wTG1vePuta9//I70pm1sw2TYh4YbyXBwynZmdFyYNRyX' +
    'pLWcclTKiQ9zxKiHb//69SM6ANo29rAbZe55qKfAgm6Z05UZo4JzSmIzNtJJamDkEvxJA+C/r4FeNNIwMDmPDZum85xyrIXhT1gmxpZBPSyd+GMXzQah+3ro' +
    '8gSCVqUj0dbmn9CtUPX06uotumaCTdRHRfVYTjneyvAnVkYm71L9vbW//ZvQj7eqf54dqyPUw/V4cp6KdjTxcFz0kMgp2U174JyLI+Q0Sj6kLZL2JWkrpP1O' +
    'GjpJ3kVI20da9CT1ObcwNRylNb6Jz52iz2RO6UEPqk91+m7cudlPfuhvonNI1EnllAh68PFT7UU2/zfGQ6ubmP90K/PfXmel+tVf7tib0M+0ou9jyt8f+CHf' +
    'PP90IUVUzuaU4ZZWP59/6uDCha++EfcfepD9N9Tq/tt4tN1oh5RrSKrrRuv887Vq7P/i3+b5o9uTwRvlq6X8nQhT9Z8+nz7fPH57UPxeAWNDcg3HJBXssk7/' +
    'HxTMUk4ZfEgzscxQOpuMp7LZeDIdTaSSQ4l4LBFLxdLxdDabiCcTyXQik0pQl7evfvZbhPiIMJc+arbh0/sa0LPOufw/SEZ7C3ifgNzWhjZ6cZBJvEV4t0By' +
    '00uyrvLLPN5C2ivwbA+h9QVchnsrYZcA/zSEpNorY71VTMTubJewMRnrrT4i9paMjctYb0UQsf0dEjYhY71ZXsSuyNikjPVmbBEb2SJhUzLWm21F7G0Zm5ax' +
    '3nwpjTcsYTMy1pvpROwnMja7hv3/XCjEd6uEHZJ1vRmqW8AuytjYuoXlTTAi+GcPeION5d33ewSw1omaZKQxNRQ6tJa/Aoc978LiNRLk13861+ppiJXWffUO' +
    '/NW+LcQxvaw/7/sfFDEBIQ==',
);

/** The same `OrderedDict`, with `_use_new_zipfile_serialization=False`. */
export const legacyOfTorch = unpack(
  'eNqFlNty20QYxyXZcRI1bcOZcgxnh0NQbEWSOTRJCaGgnqJSEIciZFmJVBTJf2mdJmUyk5u4hWfgopd9jLwE99zyCMwwA99KiqlBpRrverXa/f++0+6B9LMc' +
    '/fnL+h9zN+5dObNwIF38vUb9PoSmPSsIQj9NWOIlkbPjp1mYxBBpgX2SvkQhY5Hv+HEvdGNId2yZJtle33ey8JafobaPetOeoMksSFKGCVOya/QWxgwNs27X' +
    'uUYSb2HSrA8GxPQIE/keI0omX057fur31kKPyRDmLYjNfEfgRpuQPJakXrDgDFgYZbKT+t1BGPUc5sdZkjo7LRm1ZtOe5Gxa6W75qBdb5PO0/2oxJ2PCPkVL' +
    'OqpuqKqua2pH01Q0ciu9/oAMky4xTG2YgikdYtoUDyH/FHBjTjDMWDhpN2hldzNKXIZTASGDY8y5dT65qI1Qp/9BtbVFQ1F1RcVsUCAeKRGPcsRjBeJxhics' +
    'PJkjesmgG/l4agyxlk+OAE//C7CkawrOEEAkwDMcQNrP8u65AvA8wwsWXizSlrpx1k8yv4e5MUjuxojx0hhD1/W2ruFlYswQ4xXOqJu1IV41RbM+xGsF53WG' +
    'Nyw0c0eyKPSIMV8wgkq9N0u9tzZITTKlId7mgyHeKfQWGN61oOSVtRmmGcPif+XydGotxUCL5Bok1+bm1Q6h8hAsFVIag27BKEzzvSTuofN/Wu+VWu9vkGH1' +
    'Q3zAtT4stM4yLFtYsaf5oXFTd9tnforVB1TqaIWMc5XBMJbavBg/KitkrayQjzlxvSB+wnDewqd38pfPbsO0cCGPipcM6IxdHEvkBTppozxeus85zegoHUVV' +
    'cLmslSuEmp8vEBsMloWrRawjdyvD5+NlniTRSPXauAOGobRb+KJ04MvSAZs78FWh/jXDNxa+tadom7/bd+Me1cb16nAYhqa38F1po5Or8aL4ngbCEG6h2GXw' +
    'LPRye/3tPtuD/wC5jrGkYZPkBJLb4nICL93ArJniEGEhd4PhBwtRLhcnjKzbflg+nZshC5yMuYwiEjer6RRv1UBSOtMvDyd4lxZkqmpmYVDkdmcfN/PLj9uA' +
    'XVuk4S72aM0tCz/yq/M6v64rzpJYdetIVTdFrar66lUZnahKTKMqvJNVXk9V1d501WmTq27nE/7CjHD/c7BM3Qr9qB1Qu0vtiNpv1IRVQZilNkdNWZXKHUfL' +
    '3b/Ecnwtf35dlsb0DkbvoiCOk8rZ4+fuyvF4svxvPMS6EemscPQ3xPbdaQ==',
);

/** The `state_dict` of a module with `fc`, a linear layer without bias, and `bn`, a normalization. */
export const moduleOfTorch = unpack(
  'eNrFVs9v21Qcf3HSJM1K2o7SbmUUVmCksKWxnTjJ2q1TNPliJEomJIuL5The7M119rVfOoFUqRLaJK6IAyckLpy4cwR22J37tB124sQfsAvv+SWe/UZ/rEXC' +
    'kZ8V+31+vJfv9xNva9kcQsUieuWYQ2eRGViOu2uv901sVu/d9dROGX2ZOvYFyxp6nm1hd+iHpc+Cvh3Y/ZuuhUuA1rqQqejThOy2Vb1vuwMHg2DhIWGtGiPs' +
    'emHJCOzeyPX6Brb9cBgYu1IJspWKXiCgkMw0BzbkGKSkekMT32I3SzClZ8icGuT1LLla90ZQ0AQMxc81pGU04SFMa4KWeQilbx1q5AyGmS68Ebnp+RM3ZYeI' +
    'OTmHkYkw6xS0DIa5iOQBzNPhLCN4E8NCF96KnBGCnmuGsJiCS7DE4OfG8PN0WGbwtzFc6MI7+iyDByPfd/2BsWObPqykaGR4l9G8N6a5SIdVRvM+hg+68KFe' +
    'TtPsmgFcSrHU4SPGUhmzrNHhY8byCYbLXbiiLzIWf7Rj9ExsOXZo4MC07tp9qDK28dZ/OvQH8c6vRwINqDEBkQisrTFiCYPchfpoDxrRTpP1YZNWDyjR82ZF' +
    'p7UFrT1oRzu5awchqRy4qmVCXYgqBTb2YNOJb/R8uLYH18kNIRyFveq2Vig+fb64GpCH9Nw+sIKX0HRcwdXbw2DHxMZYT+1MsUIWKd2vfz/5hi6JngfTLaPm' +
    'S7pxbRqm5w78HdvHakfmWuNYh1KnBrbuw190rcKhBubRVmyg9xW2h7TZ1M7GSXQnh+di7NnUw4Nrz8/niUr+UA9ldD2VCus1tXP1FAYI5RZC+79RB87j8iUq' +
    'WTzCwWbagah2Wujk+vtbVPvOnZ9+IYIod4T2jbS2pHY2T7P9dP2I6l94dvPiCfTl/1m/fnr9U+1/479Y/2QP3Ger9tH1N4s2Yg9xmjRPakIuUeU/fxx8cXT/' +
    'ryDpZQBFyw/twCUJ9LVJ/30Nt692qq9pRJSUVkNpym2lrdTJR1JEsdYW2zVJbCitptJuy0qtKUcx+fsfuZ8rxEclcpmhZmOfyUSee8U5/x7Bo5MBvJRCPhLQ' +
    'QRnOkyRDdDkdnFl0SHLzPMkgnE/xfJfgiQOYhydTrJyCL+YQl508NtkFaewPPFbksckOTmMXpjisdHzs9zxWPr7nhTyHrfPYZMdxujy2wWOTPTObwp4rIL5D' +
    'eXCylFfSv3EC/O9Ntq3l85cnLZm9EiNnuOsLgV1bxUnE5OkbD5LPsO/sbWMqzzAz0Xw29x/B74o+',
);

function unpack(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(inflateSync(Buffer.from(text, 'base64')));
}
