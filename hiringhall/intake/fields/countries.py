"""The countries of ISO 3166-1 by code and name, and the currencies of ISO 4217 that pay can be in.

Owns these two tables as they stand in 2026; refuses to know how a place or a salary is written.
"""

from __future__ import annotations

from functools import cache

from hiringhall.wording import locale_of

# Alpha-2, alpha-3, then the names people write, the usual one first.
_COUNTRIES = (
    "AD AND Andorra|AE ARE United Arab Emirates/UAE|AF AFG Afghanistan|AG ATG Antigua and Barbuda|"
    "AI AIA Anguilla|AL ALB Albania|AM ARM Armenia|AO AGO Angola|AQ ATA Antarctica|AR ARG Argentina|"
    "AS ASM American Samoa|AT AUT Austria|AU AUS Australia|AW ABW Aruba|AX ALA Åland Islands|"
    "AZ AZE Azerbaijan|BA BIH Bosnia and Herzegovina|BB BRB Barbados|BD BGD Bangladesh|BE BEL Belgium|"
    "BF BFA Burkina Faso|BG BGR Bulgaria|BH BHR Bahrain|BI BDI Burundi|BJ BEN Benin|"
    "BL BLM St. Barthélemy/Saint Barthélemy|BM BMU Bermuda|BN BRN Brunei/Brunei Darussalam|BO BOL Bolivia|"
    "BQ BES Caribbean Netherlands|BR BRA Brazil|BS BHS Bahamas|BT BTN Bhutan|BV BVT Bouvet Island|"
    "BW BWA Botswana|BY BLR Belarus|BZ BLZ Belize|CA CAN Canada|CC CCK Cocos (Keeling) Islands|"
    "CD COD Congo - Kinshasa/DR Congo|CF CAF Central African Republic|"
    "CG COG Congo - Brazzaville/Congo/Republic of the Congo|CH CHE Switzerland|"
    "CI CIV Côte d'Ivoire/Cote d'Ivoire/Ivory Coast|CK COK Cook Islands|CL CHL Chile|CM CMR Cameroon|"
    "CN CHN China|CO COL Colombia|CR CRI Costa Rica|CU CUB Cuba|CV CPV Cape Verde/Cabo Verde|CW CUW Curaçao|"
    "CX CXR Christmas Island|CY CYP Cyprus|CZ CZE Czechia/Czech Republic|DE DEU Germany|DJ DJI Djibouti|"
    "DK DNK Denmark|DM DMA Dominica|DO DOM Dominican Republic|DZ DZA Algeria|EC ECU Ecuador|EE EST Estonia|"
    "EG EGY Egypt|EH ESH Western Sahara|ER ERI Eritrea|ES ESP Spain|ET ETH Ethiopia|FI FIN Finland|"
    "FJ FJI Fiji|FK FLK Falkland Islands/Falkland Islands (Malvinas)|FM FSM Micronesia|FO FRO Faroe Islands|"
    "FR FRA France|GA GAB Gabon|GB GBR United Kingdom/UK/Great Britain|GD GRD Grenada|GE GEO Georgia|"
    "GF GUF French Guiana|GG GGY Guernsey|GH GHA Ghana|GI GIB Gibraltar|GL GRL Greenland|GM GMB Gambia|"
    "GN GIN Guinea|GP GLP Guadeloupe|GQ GNQ Equatorial Guinea|GR GRC Greece|"
    "GS SGS South Georgia and South Sandwich Islands/South Georgia and the South Sandwich Islands|"
    "GT GTM Guatemala|GU GUM Guam|GW GNB Guinea-Bissau|GY GUY Guyana|HK HKG Hong Kong SAR China/Hong Kong|"
    "HM HMD Heard and McDonald Islands/Heard Island and McDonald Islands|HN HND Honduras|HR HRV Croatia|"
    "HT HTI Haiti|HU HUN Hungary|ID IDN Indonesia|IE IRL Ireland|IL ISR Israel|IM IMN Isle of Man|"
    "IN IND India|IO IOT British Indian Ocean Territory|IQ IRQ Iraq|IR IRN Iran|IS ISL Iceland|IT ITA Italy|"
    "JE JEY Jersey|JM JAM Jamaica|JO JOR Jordan|JP JPN Japan|KE KEN Kenya|KG KGZ Kyrgyzstan|KH KHM Cambodia|"
    "KI KIR Kiribati|KM COM Comoros|KN KNA St. Kitts and Nevis/Saint Kitts and Nevis|KP PRK North Korea|"
    "KR KOR South Korea/Korea|KW KWT Kuwait|KY CYM Cayman Islands|KZ KAZ Kazakhstan|"
    "LA LAO Laos/Lao People's Democratic Republic|LB LBN Lebanon|LC LCA St. Lucia/Saint Lucia|"
    "LI LIE Liechtenstein|LK LKA Sri Lanka|LR LBR Liberia|LS LSO Lesotho|LT LTU Lithuania|LU LUX Luxembourg|"
    "LV LVA Latvia|LY LBY Libya|MA MAR Morocco|MC MCO Monaco|MD MDA Moldova|ME MNE Montenegro|"
    "MF MAF St. Martin/Saint Martin (French part)|MG MDG Madagascar|MH MHL Marshall Islands|"
    "MK MKD North Macedonia/Macedonia|ML MLI Mali|MM MMR Myanmar (Burma)/Myanmar/Burma|MN MNG Mongolia|"
    "MO MAC Macao SAR China/Macao|MP MNP Northern Mariana Islands|MQ MTQ Martinique|MR MRT Mauritania|"
    "MS MSR Montserrat|MT MLT Malta|MU MUS Mauritius|MV MDV Maldives|MW MWI Malawi|MX MEX Mexico|"
    "MY MYS Malaysia|MZ MOZ Mozambique|NA NAM Namibia|NC NCL New Caledonia|NE NER Niger|"
    "NF NFK Norfolk Island|NG NGA Nigeria|NI NIC Nicaragua|NL NLD Netherlands/The Netherlands/Holland|"
    "NO NOR Norway|NP NPL Nepal|NR NRU Nauru|NU NIU Niue|NZ NZL New Zealand|OM OMN Oman|PA PAN Panama|"
    "PE PER Peru|PF PYF French Polynesia|PG PNG Papua New Guinea|PH PHL Philippines|PK PAK Pakistan|"
    "PL POL Poland|PM SPM St. Pierre and Miquelon/Saint Pierre and Miquelon|PN PCN Pitcairn Islands/Pitcairn|"
    "PR PRI Puerto Rico|PS PSE Palestinian Territories/Palestine|PT PRT Portugal|PW PLW Palau|"
    "PY PRY Paraguay|QA QAT Qatar|RE REU Réunion|RO ROU Romania|RS SRB Serbia|"
    "RU RUS Russia/Russian Federation|RW RWA Rwanda|SA SAU Saudi Arabia|SB SLB Solomon Islands|"
    "SC SYC Seychelles|SD SDN Sudan|SE SWE Sweden|SG SGP Singapore|SH SHN St. Helena|SI SVN Slovenia|"
    "SJ SJM Svalbard and Jan Mayen|SK SVK Slovakia|SL SLE Sierra Leone|SM SMR San Marino|SN SEN Senegal|"
    "SO SOM Somalia|SR SUR Suriname|SS SSD South Sudan|ST STP São Tomé and Príncipe/Sao Tome and Principe|"
    "SV SLV El Salvador|SX SXM Sint Maarten/Sint Maarten (Dutch part)|SY SYR Syria/Syrian Arab Republic|"
    "SZ SWZ Eswatini/Swaziland|TC TCA Turks and Caicos Islands|TD TCD Chad|"
    "TF ATF French Southern Territories|TG TGO Togo|TH THA Thailand|TJ TJK Tajikistan|TK TKL Tokelau|"
    "TL TLS Timor-Leste/East Timor|TM TKM Turkmenistan|TN TUN Tunisia|TO TON Tonga|TR TUR Türkiye/Turkey|"
    "TT TTO Trinidad and Tobago|TV TUV Tuvalu|TW TWN Taiwan|TZ TZA Tanzania|UA UKR Ukraine|UG UGA Uganda|"
    "UM UMI U.S. Outlying Islands/United States Minor Outlying Islands|"
    "US USA United States/United States of America/U.S./U.S.A.|UY URY Uruguay|UZ UZB Uzbekistan|"
    "VA VAT Vatican City/Holy See (Vatican City State)/Holy See|"
    "VC VCT St. Vincent and Grenadines/Saint Vincent and the Grenadines|VE VEN Venezuela|"
    "VG VGB British Virgin Islands|VI VIR U.S. Virgin Islands|VN VNM Vietnam/Viet Nam|VU VUT Vanuatu|"
    "WF WLF Wallis and Futuna|WS WSM Samoa|YE YEM Yemen|YT MYT Mayotte|ZA ZAF South Africa|ZM ZMB Zambia|"
    "ZW ZWE Zimbabwe"
)
_CURRENCIES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP "
    "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAD XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)


@cache
def codes_by_name() -> dict[str, str]:
    """Return alpha-2 codes by alpha-2, alpha-3 and English name, all case-folded.

    >>> names = codes_by_name()
    >>> names["usa"], names["united states"], names["us"]
    ('US', 'US', 'US')
    """
    found: dict[str, str] = {}
    for row in _COUNTRIES.split("|"):
        alpha2, alpha3, names = row.split(" ", 2)
        for name in (alpha2, alpha3, *names.split("/")):
            found[name.casefold()] = alpha2
    return found


def country_code(text: str, language: str) -> str | None:
    """Return the alpha-2 code of a country given by code, or by name in English or in `language` (BCP 47).

    >>> country_code("usa", "en"), country_code("España", "es-MX"), country_code("Ruritania", "en")
    ('US', 'ES', None)
    """
    folded = text.casefold()
    return codes_by_name().get(folded) or _codes_in(language).get(folded)


@cache
def _codes_in(language: str) -> dict[str, str]:
    """Return the same codes by the case-folded names that CLDR has in a language."""
    if language.partition("-")[0] == "en":
        return {}  # these are in the table
    names = locale_of(language).territories
    return {names[code].casefold(): code for code in set(codes_by_name().values()) if code in names}


@cache
def country_names() -> tuple[str, ...]:
    """Return the usual English name of every country of ISO 3166-1."""
    return tuple(row.split(" ", 2)[2].split("/")[0] for row in _COUNTRIES.split("|"))


@cache
def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies in which people are paid, in alphabetical order.

    >>> "USD" in currencies(), "XAU" in currencies()
    (True, False)
    """
    return tuple(_CURRENCIES.split())


def country_name(code: str) -> str:
    """Return the usual English name of a country by its alpha-2 code."""
    return next(name for name in country_names() if codes_by_name()[name.casefold()] == code)
