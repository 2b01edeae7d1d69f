"""Character sets by their IANA MIBenum, as prtLocalizationCharacterSet names them.

Source: the IANA character set registry (IANA-CHARSET-MIB), RFC 3805 section 2.2.9. The values are
names of Python codecs; sets that Python has no codec for are left out.
"""

from __future__ import annotations

from typing import Final

CODECS: Final[dict[int, str]] = {
    3: "ascii",
    4: "iso8859-1",
    5: "iso8859-2",
    6: "iso8859-3",
    7: "iso8859-4",
    8: "iso8859-5",  # Cyrillic
    9: "iso8859-6",  # Arabic
    10: "iso8859-7",  # Greek
    11: "iso8859-8",  # Hebrew
    12: "iso8859-9",  # Turkish
    13: "iso8859-10",
    15: "shift_jis",  # JIS X 0201, the single-byte part of Shift_JIS
    17: "shift_jis",
    18: "euc_jp",
    36: "euc_kr",  # KS C 5601
    37: "iso2022_kr",
    38: "euc_kr",
    39: "iso2022_jp",
    40: "iso2022_jp_2",
    57: "gb2312",
    106: "utf-8",
    109: "iso8859-13",
    110: "iso8859-14",
    111: "iso8859-15",
    112: "iso8859-16",
    113: "gbk",
    114: "gb18030",
    1000: "utf-16-be",  # ISO-10646-UCS-2
    1001: "utf-32-be",  # ISO-10646-UCS-4
    1002: "ascii",
    1012: "utf-7",
    1013: "utf-16-be",
    1014: "utf-16-le",
    1015: "utf-16",
    1016: "utf-8",  # CESU-8
    1017: "utf-32",
    1018: "utf-32-be",
    1019: "utf-32-le",
    2000: "cp1252",
    2001: "cp1252",
    2002: "cp1250",
    2003: "cp1254",
    2004: "hp-roman8",
    2009: "cp850",
    2010: "cp852",
    2011: "cp437",
    2012: "cp865",
    2013: "cp862",
    2014: "cp857",
    2024: "cp932",  # Windows-31J
    2025: "gb2312",
    2026: "big5",
    2027: "mac-roman",
    2028: "cp037",
    2044: "cp500",
    2046: "cp855",
    2047: "cp857",
    2048: "cp860",
    2049: "cp861",
    2050: "cp863",
    2051: "cp864",
    2052: "cp865",
    2054: "cp869",
    2084: "koi8-r",
    2085: "hz",
    2086: "cp866",
    2087: "cp775",
    2088: "koi8-u",
    2089: "cp858",
    2101: "big5hkscs",
    2250: "cp1250",
    2251: "cp1251",
    2252: "cp1252",
    2253: "cp1253",
    2254: "cp1254",
    2255: "cp1255",
    2256: "cp1256",
    2257: "cp1257",
    2258: "cp1258",
    2259: "tis-620",
}

# Sets whose octets look like ASCII or like UTF-8 and are not: the declaration has to come first.
SELF_EVIDENT_NEVER: Final = frozenset(
    {37, 39, 40, 1000, 1001, 1012, 1013, 1014, 1015, 1017, 1018, 1019, 2085}
)


def codec(mib_enum: int | None) -> str | None:
    """Give the Python codec of a MIBenum, or ``None`` where there is none."""
    return None if mib_enum is None else CODECS.get(mib_enum)
