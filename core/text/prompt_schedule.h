#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

/// A prompt and the last of the sampling's steps, counted from 1, that it is meant for.
struct ScheduledPrompt {
  std::int64_t lastStep = 1;
  std::string prompt;
  bool operator==(const ScheduledPrompt&) const = default;
};

/// What a prompt with prompt editing says as a picture comes about, as AUTOMATIC1111 reads it: [from:to:when] is `from`
/// up to `when` and `to` afterwards, [to:when] and [from::when] leave one side out, [a|b|c] takes turns at each step.
/// `when` is a step, or with a decimal point a part of all steps. They may be nested. A prompt without them, or one
/// where a | or a last backslash stands outside brackets, is one entry as it was typed. Entries are in order; the last
/// one's lastStep is `steps`. Weights and BREAK are left to parsePrompt().
/// `before`, if not 0, is the number of steps of a first pass that these steps come after: `when` then counts on from
/// them, so that parts lie between 1 and 2 and what was to change in the first pass has changed.
/// Time: the square of the prompt's length at worst.
/// Differs from A1111: because brackets nested deeper than 100 are text, and where brackets don't match, those that do
/// are still read, while its ambiguous grammar sometimes takes them for text.
/// Source: the behaviour of AUTOMATIC1111 1.10; Hertz et al. 2022 (arXiv:2208.01626) for the idea.
[[nodiscard]] std::vector<ScheduledPrompt> promptSchedule(std::string_view prompt, std::int64_t steps,
                                                          std::int64_t before = 0);

/// Which entry holds at a model evaluation, counted from 0.
/// A1111 compares it with lastStep, counted from 1, so that the first entry holds one evaluation longer; so do we.
[[nodiscard]] std::size_t scheduledAt(const std::vector<ScheduledPrompt>& schedule, std::int64_t evaluation);

}  // namespace likeness
