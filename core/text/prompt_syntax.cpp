#include "core/text/prompt_syntax.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "core/text/unicode.h"

namespace likeness {
namespace {

constexpr double kRoundBracket = 1.1;
constexpr double kSquareBracket = 1 / 1.1;
constexpr std::u32string_view kSpecial = U"\\()[]:";
constexpr std::u32string_view kBreak = U"BREAK";

bool isWordCharacter(char32_t character) {
  const auto kind = characterClass(character);
  return kind == CharacterClass::Letter || kind == CharacterClass::Number || character == U'_';
}

bool isSpace(char32_t character) { return characterClass(character) == CharacterClass::Space; }

// Where BREAK stands as a word of its own in `text` at or after `from`, or npos.
std::size_t findBreak(std::u32string_view text, std::size_t from) {
  for (auto at = text.find(kBreak, from); at != text.npos; at = text.find(kBreak, at + 1)) {
    const auto end = at + kBreak.size();
    const bool begins = at == 0 || !isWordCharacter(text[at - 1]);
    if (begins && (end == text.size() || !isWordCharacter(text[end]))) return at;
  }
  return text.npos;
}

// The number that `text`, of digits, dots and a sign, spells; none if it spells none.
std::optional<double> numberOf(std::u32string_view text) {
  std::string digits = toUtf8(text);
  if (digits.starts_with('+')) digits.erase(0, 1);
  double value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, value, std::chars_format::fixed);
  if (stopped != end || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    const bool large = digits.substr(0, digits.find('.')).find_first_of("123456789") != std::string::npos;
    const double magnitude = large ? std::numeric_limits<double>::infinity() : 0.0;
    return digits.starts_with('-') ? -magnitude : magnitude;
  }
  return value;
}

class PromptParser {
 public:
  explicit PromptParser(std::u32string_view text) : m_rest(text) {}

  std::vector<WeightedText> run() {
    while (!m_rest.empty()) step();
    for (const auto opened : m_round) multiply(opened, kRoundBracket);
    for (const auto opened : m_square) multiply(opened, kSquareBracket);
    return joined();
  }

 private:
  struct Stretch {
    std::u32string text;
    double weight = 1.0;
  };

  void step() {
    const char32_t first = m_rest.front();
    if (first == U'\\') return escape();
    if (first == U'(') return open(m_round);
    if (first == U'[') return open(m_square);
    if (first == U':' && !m_round.empty() && closeWithWeight()) return;
    if (first == U')' && !m_round.empty()) return close(m_round, kRoundBracket);
    if (first == U']' && !m_square.empty()) return close(m_square, kSquareBracket);
    const auto length = kSpecial.find(first) != kSpecial.npos ? 1 : m_rest.find_first_of(kSpecial);
    addText(take(length));
  }

  std::u32string_view take(std::size_t length) {
    const auto taken = m_rest.substr(0, length);
    m_rest.remove_prefix(taken.size());
    return taken;
  }

  void escape() {
    const bool meant = m_rest.size() > 1 && kSpecial.substr(0, 5).find(m_rest[1]) != kSpecial.npos;
    m_stretches.push_back({std::u32string(take(meant ? 2 : 1).substr(1))});
  }

  void open(std::vector<std::size_t>& brackets) {
    brackets.push_back(m_stretches.size());
    take(1);
  }

  void close(std::vector<std::size_t>& brackets, double factor) {
    multiply(brackets.back(), factor);
    brackets.pop_back();
    take(1);
  }

  // ":1.2)", the end of a round bracket with a weight of its own; white space may surround the number.
  bool closeWithWeight() {
    const auto begin = skipSpace(1);
    const bool isSigned = begin < m_rest.size() && (m_rest[begin] == U'+' || m_rest[begin] == U'-');
    const auto digits = std::min(m_rest.find_first_not_of(U"0123456789.", begin + (isSigned ? 1 : 0)), m_rest.size());
    const auto end = skipSpace(digits);
    if (end == m_rest.size() || m_rest[end] != U')') return false;
    const auto weight = numberOf(m_rest.substr(begin, digits - begin));
    if (!weight) return false;
    take(end);
    close(m_round, *weight);
    return true;
  }

  [[nodiscard]] std::size_t skipSpace(std::size_t at) const {
    while (at < m_rest.size() && isSpace(m_rest[at])) ++at;
    return at;
  }

  // Each BREAK takes the white space around it along.
  void addText(std::u32string_view text) {
    for (;;) {
      const auto at = findBreak(text, 0);
      if (at == text.npos) break;
      auto before = text.substr(0, at);
      while (!before.empty() && isSpace(before.back())) before.remove_suffix(1);
      m_stretches.push_back({std::u32string(before)});
      m_stretches.push_back({std::u32string(kBreak), -1});
      text.remove_prefix(at + kBreak.size());
      while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    }
    m_stretches.push_back({std::u32string(text)});
  }

  void multiply(std::size_t from, double factor) {
    for (auto i = from; i < m_stretches.size(); ++i) m_stretches[i].weight *= factor;
  }

  [[nodiscard]] std::vector<WeightedText> joined() const {
    std::vector<WeightedText> result;
    for (const auto& [text, weight] : m_stretches) {
      if (!result.empty() && result.back().weight == weight) {
        result.back().text += toUtf8(text);
      } else {
        result.push_back({toUtf8(text), weight});
      }
    }
    if (result.empty()) result.push_back({});
    return result;
  }

  std::u32string_view m_rest;
  std::vector<Stretch> m_stretches;
  std::vector<std::size_t> m_round, m_square;  // where the brackets that are still open began
};

}  // namespace

std::vector<WeightedText> parsePrompt(std::string_view prompt) {
  const auto text = fromUtf8(prompt);
  return PromptParser(text).run();
}

bool isBreak(const WeightedText& stretch) { return stretch.text == "BREAK" && stretch.weight == -1; }

}  // namespace likeness
