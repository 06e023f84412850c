/** Countries as TMDb writes them, in English, by their ISO 3166-1 code. */

/** Names that differ from those of `Intl`; of countries that are no more, the code they had. */
const WRITTEN: Readonly<Record<string, string>> = {
  'Antigua and Barbuda': 'AG',
  'Bosnia and Herzegovina': 'BA',
  'Brunei Darussalam': 'BN',
  Congo: 'CG',
  "Cote D'Ivoire": 'CI',
  'Czech Republic': 'CZ',
  'Faeroe Islands': 'FO',
  Guadaloupe: 'GP',
  'Hong Kong': 'HK',
  'Kyrgyz Republic': 'KG',
  "Lao People's Democratic Republic": 'LA',
  'Libyan Arab Jamahiriya': 'LY',
  Macao: 'MO',
  Macedonia: 'MK',
  Myanmar: 'MM',
  'Palestinian Territory': 'PS',
  'Pitcairn Island': 'PN',
  Reunion: 'RE',
  'Sao Tome and Principe': 'ST',
  'St. Kitts and Nevis': 'KN',
  'St. Pierre and Miquelon': 'PM',
  'St. Vincent and the Grenadines': 'VC',
  'Svalbard & Jan Mayen Islands': 'SJ',
  Swaziland: 'SZ',
  'Syrian Arab Republic': 'SY',
  'Trinidad and Tobago': 'TT',
  Turkey: 'TR',
  'Turks and Caicos Islands': 'TC',
  'US Virgin Islands': 'VI',
  'United States of America': 'US',
};

let codes: ReadonlyMap<string, string> | undefined;

/** Every code that `Intl` has an English name for, by that name. */
function codesByName(): ReadonlyMap<string, string> {
  if (codes) return codes;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const known = letters.flatMap((a) =>
    letters.flatMap((b) => {
      const name = names.of(a + b);
      return name ? [[name, a + b] as const] : [];
    }),
  );
  codes = new Map([...known, ...Object.entries(WRITTEN)]);
  return codes;
}

/** The code of a country that TMDb names; null for one that has none, such as Yugoslavia. */
export const countryCode = (name: string): string | null => codesByName().get(name) ?? null;
