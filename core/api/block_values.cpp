#include "core/api/block_values.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "core/api/option_kinds.h"
#include "core/base/text.h"

namespace likeness {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kShort{
    {{"down", "down_blocks"}, {"mid", "mid_block"}, {"up", "up_blocks"}}};
constexpr std::array<std::string_view, 5> kOutside{"conv_in", "time_embedding", "add_embedding", "conv_norm_out",
                                                   "conv_out"};

// The part's name in diffusers; empty: there is no such part.
std::string fullName(const std::string& block) {
  const auto dot = block.find('.');
  const auto head = block.substr(0, dot), rest = dot == std::string::npos ? "" : block.substr(dot);
  if (std::ranges::find(kOutside, head) != kOutside.end()) return block;
  for (const auto& [brief, full] : kShort) {
    if (head == brief || head == full) return std::string(full) + rest;
  }
  return {};
}

}  // namespace

Result<BlockValues> parseBlockValues(const std::string& option, const std::string& text, double low, double high,
                                     bool whole) {
  const auto wrong = [&](const std::string& part) {
    return option_kinds::badValue(option, part,
                                  "parts of the UNet and " + std::string(whole ? "whole " : "") + "numbers from " +
                                      option_kinds::numberText(low) + " to " + option_kinds::numberText(high) +
                                      ", as in down=8; mid=16; up=32; up.1=64");
  };
  BlockValues values;
  std::istringstream stream(text);
  for (std::string entry; std::getline(stream, entry, ';');) {
    entry = std::string(trimmed(entry));
    if (entry.empty()) continue;
    const auto equals = entry.find('=');
    const std::string block(trimmed(entry.substr(0, equals)));
    double value = 0;
    const bool read = equals != std::string::npos && !fullName(block).empty() && block.back() != '.' &&
                      option_kinds::parseNumber(std::string(trimmed(entry.substr(equals + 1))), value);
    const bool within = value >= low && value <= high;  // false for NaN
    if (!read || !within || (whole && value != static_cast<double>(static_cast<std::int64_t>(value))) ||
        !values.emplace(block, value).second) {
      return wrong(entry);
    }
  }
  return values;
}

std::string blockValuesText(const BlockValues& values) {
  std::string text;
  for (const auto& [block, value] : values) {
    text += (text.empty() ? "" : "; ") + block + "=" + option_kinds::numberText(value);
  }
  return text;
}

bool liesInBlock(const std::string& module, const std::string& block) {
  const auto name = fullName(block);
  return module == name || (module.starts_with(name) && module[name.size()] == '.');
}

std::optional<double> blockValue(const BlockValues& values, const std::string& module) {
  std::optional<double> found;
  std::size_t longest = 0;
  for (const auto& [block, value] : values) {
    const auto length = fullName(block).size();
    if (length <= longest || !liesInBlock(module, block)) continue;
    longest = length;
    found = value;
  }
  return found;
}

}  // namespace likeness
