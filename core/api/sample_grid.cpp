#include "core/api/sample_grid.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/api/parameters_text.h"
#include "core/api/sample_options.h"
#include "core/base/text.h"

namespace likeness {
namespace {

constexpr std::size_t kMostCells = 400;
constexpr const char* kLoraWeight = "lora_weight";
constexpr const char* kReplace = "replace";
constexpr const char* kModel = "model";

Error bad(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

// Splits at `separator` where it stands outside of double quotes; the quotes stay.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == separator && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (auto& part : parts) part = std::string(trimmed(part));
  return parts;
}

// "a, ""b""" in quotes as spreadsheets write it.
std::string unquoted(const std::string& text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    plain += text[i];
    if (text[i] == '"' && text[i + 1] == '"') ++i;
  }
  return plain;
}

struct Range {
  std::uint64_t first = 0, last = 0, step = 1;
};

// "1-5" and "1-9 (+2)".
std::optional<Range> rangeIn(const std::string& text) {
  Range range;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  const auto number = [&](std::uint64_t& value) {
    const auto [rest, failure] = std::from_chars(at, end, value);
    at = rest;
    return failure == std::errc();
  };
  const auto skip = [&](const std::string& literal) {
    while (at != end && *at == ' ') ++at;
    if (std::size_t(end - at) < literal.size() || !std::equal(literal.begin(), literal.end(), at)) return false;
    at += literal.size();
    return true;
  };
  if (!number(range.first) || !skip("-") || !number(range.last)) return std::nullopt;
  if (skip("(+") && (!number(range.step) || !skip(")"))) return std::nullopt;
  if (at != end || range.last < range.first || range.step == 0) return std::nullopt;
  return range;
}

Result<std::vector<std::string>> readValues(const std::string& setting, const std::string& text) {
  std::vector<std::string> values;
  const auto option = findSampleOption(setting);
  const bool number = option.ok() && (*option)->value == "N";
  for (const auto& part : split(text, ',')) {
    const auto range = number ? rangeIn(part) : std::nullopt;
    if (!range) {
      values.push_back(unquoted(part));
    } else if ((range->last - range->first) / range->step >= kMostCells) {
      return bad("The range " + part + " has too many values for a grid. A grid has at most " +
                 std::to_string(kMostCells) + " cells.");
    } else {
      for (auto value = range->first; value <= range->last && value >= range->first; value += range->step) {
        values.push_back(std::to_string(value));
      }
    }
  }
  if (values.size() == 1 && values.front().empty()) return bad("The grid's " + setting + " has no values.");
  return values;
}

Result<std::string> settingName(const std::string& given) {
  auto name = given;
  std::ranges::replace(name, '-', '_');
  for (const auto* extra : {kLoraWeight, kReplace, kModel}) {
    if (name == extra) return name;
  }
  LK_TRY(const auto* option, findSampleOption(name));
  return option->name;
}

std::string& replaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Of the LoRAs that were given, and of those that the prompt names.
Result<void> setLoraWeights(Sample& sample, const std::string& value) {
  double weight = 0;
  const auto* end = value.data() + value.size();
  const auto [rest, failure] = std::from_chars(value.data(), end, weight);
  if (failure != std::errc() || rest != end || !(std::abs(weight) <= 100)) {
    return bad("\"" + value + "\" is not a LoRA's weight. Give a number between -100 and 100.");
  }
  auto tags = takeLoras(sample.prompt);
  if (sample.loras.empty() && tags.loras.empty()) {
    return bad("The grid changes the LoRA's weight, but there is no LoRA. Give one with --lora.");
  }
  for (auto& lora : sample.loras) lora.weight = weight;
  sample.prompt = std::move(tags.prompt);
  for (const auto& tag : tags.loras) sample.prompt += " <lora:" + tag.name + ":" + value + ">";
  return {};
}

Result<void> applyValue(Sample& sample, const GridAxis& axis, const std::string& value) {
  if (axis.setting == kReplace) {
    const auto& wanted = axis.values.front();
    if (wanted.empty() || (sample.prompt.find(wanted) == std::string::npos &&
                           sample.negative.find(wanted) == std::string::npos)) {
      return bad("The grid should replace \"" + wanted + "\", but that stands in neither prompt. Its first value must.");
    }
    replaceAll(sample.prompt, wanted, value);
    replaceAll(sample.negative, wanted, value);
    return {};
  }
  if (axis.setting == kModel) return sample.model = value, Result<void>();
  if (axis.setting != kLoraWeight) return applySampleOptions(sample, {{axis.setting, value}});
  return setLoraWeights(sample, value);
}

std::string labelOf(const GridAxis& axis, const std::string& value) {
  auto name = axis.setting;
  std::ranges::replace(name, '_', ' ');
  const auto option = findSampleOption(axis.setting);
  const bool path = axis.setting == kModel || (option.ok() && (*option)->value.starts_with("FILE"));
  const auto shown = path ? std::filesystem::path(value).filename().string() : value;
  if (axis.setting == kReplace) return shown;
  return name + " " + (shown.empty() ? "-" : shown);
}

}  // namespace

Result<std::vector<GridAxis>> parseGrid(const std::string& text) {
  std::vector<GridAxis> axes;
  std::size_t cells = 1;
  for (const auto& part : split(text, ';')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    if (equals == std::string::npos || equals == 0) {
      return bad("\"" + part + "\" is not an axis of a grid. Give a setting and its values, for example seed=1,2,3.");
    }
    GridAxis axis;
    LK_TRY(axis.setting, settingName(std::string(trimmed(part.substr(0, equals)))));
    LK_TRY(axis.values, readValues(axis.setting, part.substr(equals + 1)));
    cells *= axis.values.size();
    if (cells > kMostCells) return bad("The grid has too many cells: at most " + std::to_string(kMostCells) + ".");
    axes.push_back(std::move(axis));
  }
  if (axes.empty()) return bad("The grid has no axis. Give a setting and its values, for example seed=1,2,3.");
  if (axes.size() > 2) return bad("A grid has at most two axes, columns and rows. Leave the others out.");
  if (axes.size() == 2 && axes[0].setting == axes[1].setting && axes[0].setting != kReplace) {
    return bad("Both axes of the grid are " + axes[0].setting + ". Give all its values on one.");
  }
  return axes;
}

Result<std::vector<GridCell>> gridCells(const Sample& sample) {
  std::vector<GridCell> cells;
  if (sample.grid.empty() || sample.grid.size() > 2) return bad("A grid has one or two axes.");
  const auto& columns = sample.grid.front();
  const GridAxis none{{}, {""}};
  const auto& rows = sample.grid.size() == 2 ? sample.grid.back() : none;
  if (columns.values.empty() || rows.values.empty() || columns.values.size() * rows.values.size() > kMostCells) {
    return bad("A grid has between 1 and " + std::to_string(kMostCells) + " cells.");
  }
  for (const auto& row : rows.values) {
    for (const auto& column : columns.values) {
      GridCell cell{sample, labelOf(columns, column), {}};
      cell.sample.grid.clear();
      LK_CHECK(applyValue(cell.sample, columns, column));
      if (sample.grid.size() == 2) {
        LK_CHECK(applyValue(cell.sample, rows, row));
        cell.row = labelOf(rows, row);
      }
      LK_CHECK(checkSample(cell.sample));
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

}  // namespace likeness
