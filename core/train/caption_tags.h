#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace likeness {

/// A caption cut at its commas: tags that stay in front, and tags that may stand in any order.
struct CaptionTags {
  std::vector<std::string> kept, free;

  /// The caption with its free tags in this order (a permutation; empty: as they were), joined by ", ".
  [[nodiscard]] std::string text(std::span<const std::int64_t> order = {}) const;
};

/// Cuts a caption; the first `keep` tags stay. Empty tags are left out. Threads: any.
/// Source: shuffle_caption and keep_tokens of sd-scripts' library/train_util.py.
[[nodiscard]] CaptionTags captionTags(const std::string& caption, std::int64_t keep);

}  // namespace likeness
