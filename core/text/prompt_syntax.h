#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

/// A stretch of a prompt and how much it weighs; 1 is a plain word.
struct WeightedText {
  std::string text;
  double weight = 1.0;
  bool operator==(const WeightedText&) const = default;
};

/// A prompt taken apart as AUTOMATIC1111 does: (word) ×1.1, [word] ÷1.1, (word:1.2) ×1.2, nested ones multiply, a
/// bracket that is never closed weighs all that follows, one that was never opened is text, `\(` `\)` `\[` `\]` and
/// `\\` are the characters themselves and any other backslash goes. BREAK as a word of its own, outside brackets, is a
/// stretch "BREAK" of weight −1 (see isBreak); inside brackets it is an ordinary word, as there. Neighbours of equal
/// weight are joined; an empty prompt is one empty stretch. Range: weights may be anything, also infinite or negative.
/// Time: the number of stretches times the depth of brackets. Threads: any. `prompt` is UTF-8. Differs from A1111:
/// because a weight that is no number, such as (word:1.2.3), is read as text instead of refused. Source: the behaviour
/// of AUTOMATIC1111's parse_prompt_attention, version 1.10; own code.
[[nodiscard]] std::vector<WeightedText> parsePrompt(std::string_view prompt);

/// True for the stretch that BREAK leaves: what follows starts a new chunk.
[[nodiscard]] bool isBreak(const WeightedText& stretch);

}  // namespace likeness
