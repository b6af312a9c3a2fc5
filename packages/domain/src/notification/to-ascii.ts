/** Latin letters and marks that NFKD leaves as they are, each with its spelling in ASCII. */
const spelled = new Map(
  `ßss ẞSS æae ÆAE ǽae ǼAE œoe ŒOE øo ØO đd ĐD ðd ÐD þth ÞTh łl ŁL ıi ħh ĦH ŋng ŊNG ŧt ŦT ĸk əe ƏE ƀb ɃB ɓb
   ƁB ƈc ƇC ȼc ȻC ɖd ƉD ɗd ƊD ɛe ƐE ƒf ƑF ɠg ƓG ǥg ǤG ɣg ƔG ɨi ƗI ɩi ƖI ɉj ɈJ ƙk ƘK ƚl ȽL ɫl ⱢL ɲn ƝN ƞn ȠN
   ɵo ƟO ɔo ƆO ƥp ƤP ɍr ɌR ʃs ƩS ƭt ƬT ʈt ƮT ʉu ɄU ʊu ƱU ʋv ƲV ƴy ƳY ɏy ɎY ƶz ƵZ ʒz ƷZ ǝe ƎE ‘' ’' ‚' ʼ' ʻ'
   “" ”" „" «" »" –- —- ‐- −- ×x ⁄/ ·. •*`
    .split(/\s+/)
    .map((entry): [string, string] => [entry.charAt(0), entry.slice(1)]),
);

/**
 * Writes a text in printable ASCII: letters without their accents (`é` → `e`), Latin letters that have no accent by their
 * usual spelling (`ß` → `ss`, `ø` → `o`), fractions with a slash (`1½` → `1 1/2`), typographic punctuation plainly.
 *
 * @returns `undefined` when any character has no such spelling.
 */
export function toAscii(text: string): string | undefined {
  const ascii = text
    .replace(/(?<=\p{Nd})(?=\p{No})/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{Mn}|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[^\x20-\x7e]/gu, (character) => spelled.get(character) ?? character);
  return /^[\x20-\x7e]*$/.test(ascii) ? ascii : undefined;
}
