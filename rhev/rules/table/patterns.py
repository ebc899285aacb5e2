"""The engine's patterns for text, which many rules share."""

from __future__ import annotations

from rhev.rules.texts import Characters, Pattern

# ValidationUtils.NO_SPECIAL_CHARACTERS_I18N
NAME_I18N = Characters(also="_-.")
# ValidationUtils.NO_SPECIAL_CHARACTERS_EXTRA_I18N
NAME_I18N_PLUS = Characters(also="_-.+")
# ValidationUtils.CUSTOM_CPU_NAME
CPU_NAME = Characters(also="_-.+,")
# ValidationUtils.NO_SPECIAL_CHARACTERS
NAME = Characters(also="_-", letters="English", empty=False)
# ValidationUtils.NO_SPECIAL_CHARACTERS_WITH_DOT
NAME_WITH_DOT = Characters(also="_-.", letters="English", empty=False)
# ValidationUtils.ONLY_I18N_ASCII_OR_NONE
TEXT_I18N = Characters(ascii=True)
# ValidationUtils.ONLY_ASCII_OR_NONE
TEXT_ASCII = Characters(ascii=True, letters="")

# MacAddressValidationPatterns.VALID_MAC_ADDRESS_FORMAT
MAC = Pattern(
    r"(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}",
    "six pairs of hexadecimal digits, such as 56:6f:1a:00:00:07",
)
# What ValidationUtils.validUri refuses: the characters that java.net.URI takes in no part of a URI.
URI = Pattern(
    r"""(?:[^\x00-\x20\x7f"%<>\\^`{|}]|%[0-9a-fA-F]{2})*""",
    "a URI, without blanks and special characters",
)
# ValidationUtils.BASE_64_PATTERN
BASE_64 = Pattern(
    r"(?:[A-Za-z0-9+/]{4})*"
    r"(?:|[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)",
    "text in base 64",
)
