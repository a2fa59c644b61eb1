#include "core/text/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <stdexcept>

namespace likeness {
namespace {

struct Range {
  char32_t first, last;
};

// Letters and numbers that came after Unicode 15.0, which an older ICU does not know (Unicode 15.1 and 16).
constexpr std::array<Range, 22> kNewerLetters{{
    {0x1C89, 0x1C8A},   {0xA7CB, 0xA7CD},   {0xA7DA, 0xA7DC},   {0x105C0, 0x105F3}, {0x10D4A, 0x10D65},
    {0x10D6F, 0x10D85}, {0x10EC2, 0x10EC4}, {0x11380, 0x11389}, {0x1138B, 0x1138B}, {0x1138E, 0x1138E},
    {0x11390, 0x113B5}, {0x113B7, 0x113B7}, {0x113D1, 0x113D1}, {0x113D3, 0x113D3}, {0x11BC0, 0x11BE0},
    {0x13460, 0x143FA}, {0x16100, 0x1611D}, {0x16D40, 0x16D6C}, {0x18CFF, 0x18CFF}, {0x1E5D0, 0x1E5ED},
    {0x1E5F0, 0x1E5F0}, {0x2EBF0, 0x2EE5D},
}};
constexpr std::array<Range, 7> kNewerNumbers{{
    {0x10D40, 0x10D49}, {0x116D0, 0x116E3}, {0x11BF0, 0x11BF9}, {0x16130, 0x16139}, {0x16D70, 0x16D79},
    {0x1CCF0, 0x1CCF9}, {0x1E5F1, 0x1E5FA},
}};

// Capitals that came after Unicode 15.0 (16 and 17), and how far their small letters are.
struct LowerCase {
  Range capitals;
  std::int32_t distance;
};
constexpr std::array<LowerCase, 10> kNewerCapitals{{
    {{0x1C89, 0x1C89}, 1},
    {{0xA7CB, 0xA7CB}, 0x264 - 0xA7CB},
    {{0xA7CC, 0xA7CC}, 1},
    {{0xA7CE, 0xA7CE}, 1},
    {{0xA7D2, 0xA7D2}, 1},
    {{0xA7D4, 0xA7D4}, 1},
    {{0xA7DA, 0xA7DA}, 1},
    {{0xA7DC, 0xA7DC}, 0x19B - 0xA7DC},
    {{0x10D50, 0x10D65}, 0x20},
    {{0x16EA0, 0x16EB8}, 0x1B},
}};

bool contains(const Range& range, char32_t character) { return range.first <= character && character <= range.last; }

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return contains(range, character); });
}

// Characters are taken from ICU only as far as Unicode 15.0 has them, so that every ICU gives the same ids.
bool isNewer(char32_t character) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(character), age);
  return age[0] > 15 || (age[0] == 15 && age[1] > 0);
}

void appendLowerCase(std::u32string& text, char32_t character) {
  if (character < 0x80) {
    text += character >= 'A' && character <= 'Z' ? character + 32 : character;
    return;
  }
  if (character == 0x130) {  // the one letter whose small form is two characters
    text += U"i\u0307";
    return;
  }
  for (const auto& [capitals, distance] : kNewerCapitals) {
    if (!contains(capitals, character)) continue;
    text += static_cast<char32_t>(static_cast<std::int32_t>(character) + distance);
    return;
  }
  text += isNewer(character) ? character : static_cast<char32_t>(u_tolower(static_cast<UChar32>(character)));
}

// NFC over the characters of Unicode 9; others are left as they are and end a sequence.
class Composer {
 public:
  Composer() {
    UErrorCode status = U_ZERO_ERROR;
    m_known = std::make_unique<icu::UnicodeSet>(icu::UnicodeString(u"[:age=9.0:]"), status);
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU's data is missing. Install the program again.");
    m_known->freeze();
    m_nfc = std::make_unique<icu::FilteredNormalizer2>(*nfc, *m_known);
  }
  icu::UnicodeString compose(const icu::UnicodeString& text) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result;
    m_nfc->normalize(text, result, status);
    if (U_FAILURE(status)) throw std::bad_alloc();
    return result;
  }

 private:
  std::unique_ptr<icu::UnicodeSet> m_known;
  std::unique_ptr<icu::FilteredNormalizer2> m_nfc;
};

icu::UnicodeString composed(std::u32string_view text) {
  static const Composer composer;
  const auto* characters = reinterpret_cast<const UChar32*>(text.data());
  return composer.compose(icu::UnicodeString::fromUTF32(characters, static_cast<std::int32_t>(text.size())));
}

std::u32string fromIcu(const icu::UnicodeString& text) {
  std::u32string result;
  result.reserve(static_cast<std::size_t>(text.length()));
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    result += static_cast<char32_t>(text.char32At(i));
  }
  return result;
}

}  // namespace

CharacterClass characterClass(char32_t character) {
  const auto code = static_cast<UChar32>(character);
  if (u_hasBinaryProperty(code, UCHAR_WHITE_SPACE)) return CharacterClass::Space;
  if (character >= kNewerLetters.front().first) {
    if (contains(kNewerLetters, character)) return CharacterClass::Letter;
    if (contains(kNewerNumbers, character)) return CharacterClass::Number;
  }
  const auto category = U_GET_GC_MASK(code);
  if ((category & (U_GC_L_MASK | U_GC_N_MASK)) == 0 || isNewer(character)) return CharacterClass::Other;
  return (category & U_GC_L_MASK) != 0 ? CharacterClass::Letter : CharacterClass::Number;
}

std::u32string normalizeText(std::u32string_view text) {
  const auto whole = fromIcu(composed(text));
  std::u32string result;
  result.reserve(whole.size());
  bool inSpace = false;
  for (const auto character : whole) {
    const bool space = characterClass(character) == CharacterClass::Space;
    if (!space) appendLowerCase(result, character);
    if (space && !inSpace) result += U' ';
    inSpace = space;
  }
  return result;
}

std::u32string fromUtf8(std::string_view text) {
  return fromIcu(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}));
}

std::string toUtf8(std::u32string_view text) {
  std::string result;
  const auto* characters = reinterpret_cast<const UChar32*>(text.data());
  icu::UnicodeString::fromUTF32(characters, static_cast<std::int32_t>(text.size())).toUTF8String(result);
  return result;
}

}  // namespace likeness
