#pragma once
#include <string>
#include <string_view>

namespace likeness {

/// What the tokenizer's pattern asks of a character: \s, \p{L}, \p{N} or none of them.
enum class CharacterClass { Space, Letter, Number, Other };

/// The class that the reference tokenizer sees: Unicode 16's, whatever the version of ICU.
[[nodiscard]] CharacterClass characterClass(char32_t character);

/// The reference tokenizer's normalisation: NFC, each run of white space one space, lower case character by character.
/// Differs from plain ICU: because the reference composes by Unicode 9 and lower-cases by Unicode 17.
[[nodiscard]] std::u32string normalizeText(std::u32string_view text);

/// Characters of a UTF-8 text; U+FFFD for what isn't UTF-8.
[[nodiscard]] std::u32string fromUtf8(std::string_view text);
[[nodiscard]] std::string toUtf8(std::u32string_view text);

}  // namespace likeness
