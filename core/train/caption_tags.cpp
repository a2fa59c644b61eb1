#include "core/train/caption_tags.h"

#include <sstream>

namespace likeness {

CaptionTags captionTags(const std::string& caption, std::int64_t keep) {
  CaptionTags tags;
  std::istringstream stream(caption);
  for (std::string tag; std::getline(stream, tag, ',');) {
    const auto start = tag.find_first_not_of(" \t");
    if (start == std::string::npos) continue;
    auto& list = static_cast<std::int64_t>(tags.kept.size()) < keep ? tags.kept : tags.free;
    list.push_back(tag.substr(start, tag.find_last_not_of(" \t") + 1 - start));
  }
  return tags;
}

std::string CaptionTags::text(std::span<const std::int64_t> order) const {
  std::string all;
  const auto add = [&](const std::string& tag) { all += (all.empty() ? "" : ", ") + tag; };
  for (const auto& tag : kept) add(tag);
  for (std::size_t i = 0; i < free.size(); ++i) add(order.empty() ? free[i] : free[static_cast<std::size_t>(order[i])]);
  return all;
}

}  // namespace likeness
